"""A convening on the phones of those who take part: the page, and what it asks and says.

GET  /join          the page; ?code= fills the code in
POST /room/look     {code, organisation} -> the convening; unless names are hidden, also those organizations
                    that begin with what is typed, from two letters on
POST /room/join     {code, name, organisation, role, token, secret} -> {meeting}
GET  /room/state    ?meeting=&since= -> see lmi.web.phone_view, or {same: true}
POST /room/say      {meeting, kind, question, subject, choices, choice, words, token} -> {seq}
GET  /room/find     ?meeting=&q=&list=socs|programs -> {hits: [{id, words, also}]}
The phone makes its secret and sends it in the header Authorization, never in an address.
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lmi.analysis.room import Room
from lmi.answers import room_lists
from lmi.answers.held import Held
from lmi.answers.room import speak
from lmi.contributions import convenings, opened
from lmi.contributions.store import Store
from lmi.domain.convening import LONGEST_NAME, Convening, organisation_key
from lmi.domain.errors import BadInput
from lmi.web import limits, rooms
from lmi.web.bodies import Asked, NotIn, NotThere, SetAside, answering
from lmi.web.desk import desk
from lmi.web.phone_view import PhoneView, checked_move

FEWEST_TYPED, MOST_OFFERED = 2, 8  # letters from which on organizations are offered; how many at once
_HERE = Path(__file__).parent
_MEETING = re.compile(r"r?[0-9a-f]{32}")
_SECRET = re.compile(r"[0-9A-Za-z_-]{32,100}")
_POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'"
_HEADERS = {
    "Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
}  # fmt: skip
_KINDS = {"phone.css": "text/css", "phone.js": "text/javascript"}
_views: Held[PhoneView] = Held(rooms.MOST_ROOMS)
Answer = Mapping[str, object]


def page(request: Request) -> Response:
    """The page; the addresses of its parts change with what is in them."""
    text = _file("phone.html")
    for name in _KINDS:
        text = text.replace(f"join/{name}", f"join/{name}?{_version(name)}")
    return Response(text, headers={**_HEADERS, "Cache-Control": "no-store"}, media_type="text/html")


def part(request: Request) -> Response:
    """The page's style or script; kept by the browser for as long as it is asked for by its version."""
    name = request.path_params["name"]
    if name not in _KINDS:
        return Response("There is no such file.", 404, media_type="text/plain")
    kept = "public, max-age=31536000, immutable" if request.url.query == _version(name) else "no-cache"
    return Response(_file(name), headers={**_HEADERS, "Cache-Control": kept}, media_type=_KINDS[name])


def look(asked: Asked) -> Answer:
    """Which convening a code belongs to. NotThere for a wrong code, TooMany after many of them."""
    convening = _by_code(asked)
    room = rooms.room(opened.store_of(convening.id), convening)
    return {
        "meeting": convening.id, "code": convening.code, "industry": convening.industry,
        "place": convening.place, "held_on": convening.held_on, "rehearsal": convening.rehearsal,
        "ended": room.state.ended, "organisations": _organisations(room, asked.text("organisation")),
    }  # fmt: skip


def join(asked: Asked) -> Answer:
    """Take a place in the room. The same token and secret again is the same place."""
    convening = _by_code(asked)
    store = opened.store_of(convening.id)
    secret = asked.text("secret")
    if not _SECRET.fullmatch(secret):
        raise BadInput("You could not join.", "The phone sent no usable secret.", "Reload the page.")
    if rooms.room(store, convening, fresh=True).state.ended:
        raise BadInput("You could not join.", "The convening has ended.", "Ask the facilitator.")
    name, organisation, role, token = (asked.text(each) for each in ("name", "organisation", "role", "token"))
    convenings.join(store, convening.id, name, organisation, role, token, secret=secret)
    rooms.changed(store, convening.id)
    return {"meeting": convening.id}


def state(asked: Asked) -> Answer:
    """What the phone shows now, or that it shows it already."""
    _, room, who = _in_room(asked, asked.query.get("meeting", ""))
    view = _view(room)
    if asked.query.get("since") == view.stamp_of(who):
        return {"same": True}
    return view.of(who)


def say(asked: Asked) -> Answer:
    """Keep something that the participant says; see lmi.analysis.room_rules for what fits when."""
    store, room, who = _in_room(asked, asked.text("meeting"), fresh=True)
    kind, question, token = (asked.text(name) for name in ("kind", "question", "token"))
    if kind == "vote" and not convenings.kept(store, room.convening.id, who, token):
        move = checked_move(asked.body.get("subject"))
        if not room.state.ended and not _view(room).may_vote(move):
            raise BadInput("There is no vote on this.", "The room does not hold such a move.", "Go on.")
    seq = speak(
        store, room, who, kind, token, room_lists.detailed(desk()),
        question=question if kind == "answer" else "", subject=asked.body.get("subject", ""),
        choices=asked.body.get("choices", ()), choice=asked.body.get("choice", ""),
        words=asked.body.get("words", ""), known=room_lists.known(desk(), room.convening.area_code),
    )  # fmt: skip
    rooms.changed(store, room.convening.id)
    return {"seq": seq}


def find(asked: Asked) -> Answer:
    """Occupations by title, other title or code; or programs of the convening's area."""
    _, room, _ = _in_room(asked, asked.query.get("meeting", ""))
    text = asked.query.get("q", "")
    if asked.query.get("list") == "programs":
        pairs = room_lists.find_programs(desk(), room.convening.area_code, text)
        return {"hits": [{"id": key, "words": words, "also": ""} for key, words in pairs]}
    hits = room_lists.find(desk(), text)
    return {
        "hits": [
            {"id": hit.soc, "words": hit.title, "also": "" if hit.matched == hit.title else hit.matched}
            for hit in hits
        ]
    }


def _organisations(room: Room, typed: str) -> list[str]:
    """The organizations that begin with what somebody who joins has typed, so that one is spelled alike; none
    for less than FEWEST_TYPED letters, where names are hidden, or where nobody can join."""
    begins = organisation_key(typed[:LONGEST_NAME])
    if len(begins) < FEWEST_TYPED or room.state.names_hidden or room.state.ended:
        return []
    return [each for each in room.organisations if organisation_key(each).startswith(begins)][:MOST_OFFERED]


def _by_code(asked: Asked) -> Convening:
    found = limits.convening_of(asked.body.get("code"), asked.client)
    if found is None:
        raise NotThere("No convening has this code.", "It was not found.", "Check the code on the screen.")
    return found


def _in_room(asked: Asked, meeting: str, *, fresh: bool = False) -> tuple[Store, Room, str]:
    """The room as it stands and who asks. NotThere without such a convening, NotIn for a wrong secret,
    SetAside for somebody whom the facilitator has set aside."""
    found = rooms.find(meeting) if _MEETING.fullmatch(meeting) else None
    if found is None:
        raise NotThere("This convening is not there.", "It is unknown here.", "Join with the code.")
    store, convening = found
    who = rooms.who_has(store, convening.id, asked.secret) if _SECRET.fullmatch(asked.secret) else ""
    room = rooms.room(store, convening, fresh=fresh) if who else None
    if room is not None and who in room.aside:
        raise SetAside("The facilitator has set you aside.", "What you say counts no more.", "Ask them.")
    if room is not None and who not in room.person:
        rooms.forget(store, convening.id)
        room = rooms.room(store, convening)
    if room is None or who not in room.person:
        limits.check(limits.SECRET, asked.client)
        limits.failed(limits.SECRET, asked.client)
        raise NotIn("You are not in this room.", "It does not know this phone.", "Join with the code.")
    return store, room, who


def _view(room: Room) -> PhoneView:
    """The room as phones show it, shared by all that ask about the same state."""
    at = desk()
    last = room.entries[-1].seq if room.entries else 0
    key = (room.convening.id, id(room), len(room.entries), last, len(room.joined), at.serial)
    return _views.get(key, lambda: PhoneView(room, at))


def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _version(name: str) -> str:
    return hashlib.sha256(_file(name).encode()).hexdigest()[:12]


ROUTES: list[BaseRoute] = [
    Route("/join", page),
    Route("/join/{name}", part),
    Route("/room/look", answering(look), methods=["POST"]),
    Route("/room/join", answering(join), methods=["POST"]),
    Route("/room/state", answering(state), methods=["GET"]),
    Route("/room/say", answering(say), methods=["POST"]),
    Route("/room/find", answering(find), methods=["GET"]),
]
