"""What a room chose from the lists of skills and programs, in words, also where a list has changed since."""

import re
from collections.abc import Iterable, Mapping

from lmi.analysis.room import Room
from lmi.answers import room_lists
from lmi.answers.desk import Desk
from lmi.domain.adjustments import Reviewed, Said
from lmi.domain.convening import QUESTION_BY_ID

GONE_SKILL = "A skill that is no longer on the list"
GONE_PROGRAM = "A program that is no longer on the list"
_SKILL = re.compile(r"[1-9](\.[A-Za-z0-9]{1,2}){1,6}")
_PROGRAM = re.compile(r"[0-9]{6}:[0-9]{2}\.[0-9]{4}|local:[0-9a-f]{12}")


def chosen(
    desk: Desk, room: Room, before: Mapping[str, Mapping[str, object]], question: str, subject: str = ""
) -> dict[str, Mapping[str, object]]:
    """Everything that answers to a question chose, by id, with what room_lists.known says of it.

    As the list has it today; else as it was when it was chosen; else, of what was chosen before that was
    kept, as in `before` (see told_before), as its id says, or GONE_…. What never was the id of any list is
    left out.
    """
    counted = room.counted(question, subject)
    if not counted:
        return {}
    skills = QUESTION_BY_ID[question].open_list == "skills"
    form, gone = (_SKILL, GONE_SKILL) if skills else (_PROGRAM, GONE_PROGRAM)
    listed = room_lists.known(desk, room.convening.area_code)(question, subject)
    found: dict[str, Mapping[str, object]] = {}
    for row in counted:
        told = listed.get(row.choice) or room.kept.get(row.choice) or before.get(row.choice)
        if told is None and form.fullmatch(row.choice):
            words = (
                room_lists.words_of_skill(desk, subject, row.choice)
                if skills
                else room_lists.words_of_program(desk, row.choice)
            )
            told = {"words": words or gone}
        if told:
            found[row.choice] = told
    return found


def words_chosen(desk: Desk, room: Room) -> dict[str, str]:
    """The words of every skill and program that answers chose, by id; see `chosen`."""
    found = chosen(desk, room, {}, "programs")
    for soc in room.answered:
        found |= chosen(desk, room, {}, "lacking", soc)
    return words_of(found)


def told_before(rows: Iterable[Reviewed]) -> dict[str, Mapping[str, object]]:
    """Skills and programs by id, as the adjustments of a convening tell them."""
    return {
        said.id: {"words": said.words, **_codes(said)}
        for row in rows
        for said in (*row.adjustment.counted("skills"), *row.adjustment.counted("programs"))
        if said.id and said.words not in (GONE_SKILL, GONE_PROGRAM)
    }


def _codes(said: Said) -> dict[str, object]:
    return {name: list(codes) for name, codes in (("socs", said.socs), ("cips", said.cips)) if codes}


def words_of(chosen: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """The words of what `chosen` found, by id."""
    return {key: str(told.get("words", "")) for key, told in chosen.items()}
