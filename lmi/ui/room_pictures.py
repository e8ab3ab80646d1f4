"""The two pictures of a convening: what is called critical by category, and the pathway map of the room."""

from dataclasses import replace
from functools import partial

from lmi.analysis.room import Room, Stand
from lmi.answers.area_names import name_or_code
from lmi.answers.held import Held
from lmi.domain.settings import MapDetail
from lmi.presentation import captions, charts, room_bars, theme
from lmi.presentation.charts import Chart, Frame
from lmi.presentation.room_board import REHEARSAL
from lmi.presentation.room_rows import Lists
from lmi.presentation.room_summary import map_words
from lmi.presentation.theme import DESK, PRESENT, Sizes
from lmi.ui import loaders, pathway_pictures, room_loaders
from lmi.ui.state import View

WIDTH, BESIDE, HEIGHT = 1680, 130, 945  # of a projected figure, in pixels of a screen of 1080 lines
PROJECTED = replace(PRESENT, height=HEIGHT, min_width=WIDTH)  # under it stand the code and who is in
DESK_MAP, PROJECTED_MAP, FEWEST = 12, 10, 4  # occupations; the projector shows as many as fit
MOST_FITS = 64
_fits: Held[int] = Held(MOST_FITS)  # how many that is of some moves, so that votes alone do not try it anew
_DETAIL = MapDetail(pay=True, demand=True, openings=False, times=False, suggested=False, most=DESK_MAP)
_PLAIN = MapDetail(pay=False, demand=False, openings=False, times=False, suggested=False, most=PROJECTED_MAP)


def grouped(view: View, room: Room, lists: Lists, *, projected: bool = False) -> Chart:
    """Bars by occupational category, counted by organization."""

    def make() -> Chart:
        frame = _frame(
            view, room, room_bars.finding(room, lists), "Organizations that name it", "critical occupations",
            PROJECTED if projected else DESK, None if projected else 560,
        )  # fmt: skip
        return room_bars.grouped_bars(room, lists, frame)

    return loaders.drawn((view.key, "grouped", projected, *_stamp(room)), make)


def maps(view: View, room: Room, stands: tuple[Stand, ...]) -> bool:
    """Whether the map is on: it was chosen, a move stands, and the area has figures to draw it by."""
    chosen = room.state.step == "map" and room.state.screen == "map"
    return chosen and bool(stands) and room.convening.area_code in view.desk.areas


def pathway(view: View, room: Room, stands: tuple[Stand, ...], *, projected: bool = False) -> Chart:
    """The layered map of what the room says: solid where it is confirmed. On the projector as many
    occupations as fit at its sizes."""

    def make(most: int) -> Chart:
        seen = room_loaders.drawn_map(view, room, most)
        left = f" {seen.left_out} more occupations stand in the votes." if seen.left_out else ""
        frame = _frame(
            view, room, map_words(stands), "Occupations by stage; solid arrows are confirmed",
            "pathway map",
            PROJECTED if projected else DESK, None, left,
        )  # fmt: skip
        frame = frame if projected else replace(frame, width=pathway_pictures.MAP_WIDTH)
        return charts.pathway_map(
            seen.nodes.assign(target=False), seen.moves, frame, columns=pathway_pictures.columns(view),
            words=pathway_pictures.words(view), detail=_PLAIN if projected else _DETAIL,
        )  # fmt: skip

    seen = tuple((s.move, s.confirmed, s.struck, len({*s.yes, *s.stated_by})) for s in stands)
    key = (view.key, "room map", view.audience.id, room.convening.id, room.topics, seen)
    if not projected:
        return loaders.drawn((*key, DESK_MAP), lambda: make(DESK_MAP))

    def sized(most: int) -> Chart:
        return loaders.drawn((*key, most), partial(make, most))

    def largest(most: int) -> int:
        return next((n for n in range(most, FEWEST, -1) if sized(n).height <= HEIGHT), FEWEST)

    asked = (room.convening.id, room.topics, tuple(sorted(s.move for s in stands if not s.struck)))
    return sized(largest(_fits.get(asked, lambda: largest(PROJECTED_MAP))))


def _stamp(room: Room) -> tuple[object, ...]:
    last = room.entries[-1].seq if room.entries else 0
    return room.convening.id, last, len(room.people)


def _frame(
    view: View, room: Room, title: str, measure: str, what: str, sizes: Sizes, height: int | None,
    more: str = "",
) -> Frame:  # fmt: skip
    convening = room.convening
    area = name_or_code(view.desk.areas, convening.area_code)
    about = f"{convening.industry} · {area} · {convening.held_on}"
    said = f"Source: convening of {convening.held_on}, what {len(room.organisations)} organizations said."
    if convening.rehearsal:
        said = f"{REHEARSAL}. Not a source."
    pay = f" Pay: {_oews(view)}." if what == "pathway map" and sizes is DESK else ""
    return Frame(
        title=title, subtitle=f"{measure} · {about}", source=f"{said}{pay}{more}",
        filename=captions.file_name(convening.industry, what, convening.held_on), sizes=sizes,
        palette=theme.with_accent(view.desk.settings.accent), height=height,
    )  # fmt: skip


def _oews(view: View) -> str:
    return f"{view.desk.sources.set_index('id').short_title['bls_oews']} (published)"
