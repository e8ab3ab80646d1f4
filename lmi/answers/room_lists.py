"""The lists that a convening chooses from: occupations, their skills, an area's programs."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any

import pandas as pd

from lmi.answers import training
from lmi.answers.desk import Desk
from lmi.answers.held import Held
from lmi.domain.codes import NATION
from lmi.domain.convening import QUESTION_BY_ID
from lmi.warehouse import programs, queries
from lmi.warehouse import skills as skill_facts

MOST_SKILLS, MOST_PROGRAMS = 20, 5_000
LONGEST_SEARCH = 80  # characters
_held: Held[Any] = Held(2_000)
_areas: Held[Any] = Held(24)  # the programs of an area can be many


@dataclass(frozen=True)
class Hit:
    """An occupation that a search found. matched: the title that fits; its own, or what else it is called."""

    soc: str
    title: str
    matched: str


def titles(desk: Desk) -> Mapping[str, str]:
    """The detailed occupations with published figures, which a room can name: SOC code -> title, by title."""

    def make() -> Mapping[str, str]:
        found = queries.occupations(desk.warehouse)
        rows = found[found.in_oews & (found.soc_level == "detailed")].sort_values(["title", "soc"])
        return MappingProxyType(dict(zip(rows.soc, rows.title, strict=True)))

    known: Mapping[str, str] = _held.get(("titles", desk.serial), make)
    return known


def detailed(desk: Desk) -> frozenset[str]:
    """The codes of `titles`."""
    codes: frozenset[str] = _held.get(("detailed", desk.serial), lambda: frozenset(titles(desk)))
    return codes


def category(desk: Desk, soc: str) -> str:
    """The title of the major group of an occupation; '' for a code of none."""
    return desk.titles.get(f"{soc[:2]}-0000", "")


def find(desk: Desk, text: str, limit: int = 8) -> tuple[Hit, ...]:
    """Occupations whose title, other title or code holds the text, the closest first; see queries.search."""
    typed = " ".join(text[:LONGEST_SEARCH].lower().split())

    def make() -> tuple[Hit, ...]:
        known = titles(desk)
        rows = queries.search(desk.warehouse, typed, 10 * limit)
        hits = [
            Hit(str(row.soc), str(row.title), str(row.matched))
            for row in rows.itertuples()
            if row.soc in known
        ]
        return tuple(hits[:limit])

    found: tuple[Hit, ...] = _held.get(("find", desk.serial, typed, limit), make)
    return found


def skills_of(desk: Desk, soc: str) -> tuple[tuple[str, str], ...]:
    """(id, name) of O*NET's skills and knowledge of an occupation, the most important first, at most
    MOST_SKILLS; () where O*NET does not rate it."""

    def make() -> tuple[tuple[str, str], ...]:
        rows = skill_facts.ratings(desk.warehouse, [soc])
        rows = rows[rows.importance.notna()].sort_values(
            ["importance", "element_name"], ascending=[False, True]
        )
        return _pairs(rows.head(MOST_SKILLS), "element_id", "element_name")

    found: tuple[tuple[str, str], ...] = _held.get(("skills", desk.serial, soc), make)
    return found


def programs_of(desk: Desk, area_code: str, socs: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """(id, words) of the programs of an area, those with most awards in the latest year first.

    id: 'UNITID:CIP', or 'local:…' for a program of the local capacity file without those codes. socs: only
    programs that lead to one of them; () = all. At most MOST_PROGRAMS; () where no institution can be placed
    and the local file has none, and for an area that is no more.
    """
    if area_code not in desk.areas:
        return ()
    every: tuple[tuple[str, str], ...] = _areas.get(
        ("programs", desk.serial, area_code), lambda: _programs(desk, area_code)
    )
    if not socs:
        return every

    def make() -> tuple[tuple[str, str], ...]:
        wanted = {cip for soc in socs for cip in training.programs_of(desk, soc)}
        local = _local_leading_to(desk, area_code, tuple(socs), wanted)
        return tuple(pair for pair in every if pair[0] in local or pair[0].partition(":")[2] in wanted)

    found: tuple[tuple[str, str], ...] = _held.get(("programs", desk.serial, area_code, tuple(socs)), make)
    return found


def known(desk: Desk, area_code: str) -> Callable[[str, str], Mapping[str, Mapping[str, object]]]:
    """Question and occupation ('' for none) -> the skills or programs that can be chosen, by id.

    Of each its 'words'; of a program of the local capacity file also its 'socs' and 'cips', where it has any.
    """

    def listed(question: str, soc: str) -> Mapping[str, Mapping[str, object]]:
        if QUESTION_BY_ID[question].open_list == "skills":
            return {key: {"words": words} for key, words in skills_of(desk, soc)}
        return _known_programs(desk, area_code)

    return listed


def words_of_skill(desk: Desk, soc: str, key: str) -> str:
    """The name of a skill or kind of knowledge, however little it matters to the occupation; '' where O*NET
    does not rate it."""

    def make() -> Mapping[str, str]:
        rows = skill_facts.ratings(desk.warehouse, [soc])
        return dict(_pairs(rows, "element_id", "element_name"))

    every: Mapping[str, str] = _held.get(("every skill", desk.serial, soc), make)
    return every.get(key, "")


def words_of_program(desk: Desk, key: str) -> str:
    """Words for the id of a program that an institution offered in any area and year; '' for other ids."""
    unitid, _, cip = key.partition(":")
    if cip not in desk.program_titles:
        return ""

    def make() -> str:
        rows = programs.offered(desk.warehouse, [NATION], [cip])
        named = rows.institution_name[rows.unitid == unitid]
        return _words(desk, unitid, cip, named.iloc[0]) if len(named) else ""

    found: str = _held.get(("program", desk.serial, key), make)
    return found


def within(cip: str, cips: Iterable[str]) -> bool:
    """Whether a field of study, of two, four or six digits, holds one of several programs."""
    return any(each.startswith(cip) for each in cips)


def find_programs(desk: Desk, area_code: str, text: str, limit: int = 12) -> tuple[tuple[str, str], ...]:
    """(id, words) of the programs of an area whose words hold every word of the text, most awards first."""
    words = text[:LONGEST_SEARCH].casefold().split()
    if not words:
        return ()
    every = programs_of(desk, area_code)
    hits = (pair for pair in every if all(word in pair[1].casefold() for word in words))
    return tuple(islice(hits, limit))


def _programs(desk: Desk, area_code: str) -> tuple[tuple[str, str], ...]:
    area = desk.area(area_code)
    members = [code for code in area.members if code in desk.placed_areas]
    own = [(_local_id(row), _local_words(row)) for row in _local(desk, area_code).itertuples()]
    if not members:
        return tuple(dict(own).items())
    rows = programs.offered(desk.warehouse, members, list(desk.program_titles))
    rows = rows[rows.award_year == desk.award_years[-1]]
    sums = rows.groupby(["unitid", "cip"], as_index=False).agg(
        awards=("awards", "sum"), institution=("institution_name", "first")
    )
    sums = sums[sums.awards > 0].sort_values(["awards", "unitid", "cip"], ascending=[False, True, True])
    found = {
        f"{row.unitid}:{row.cip}": _words(desk, row.unitid, row.cip, row.institution)
        for row in sums.head(MOST_PROGRAMS).itertuples()
    }
    return tuple((dict(own) | found).items())


def _known_programs(desk: Desk, area_code: str) -> Mapping[str, Mapping[str, object]]:
    def make() -> Mapping[str, Mapping[str, object]]:
        every = programs_of(desk, area_code)
        local = _local_codes(desk, area_code) if every else {}
        return MappingProxyType({key: {"words": words, **local.get(key, {})} for key, words in every})

    found: Mapping[str, Mapping[str, object]] = _areas.get(("known", desk.serial, area_code), make)
    return found


def _words(desk: Desk, unitid: object, cip: Any, institution: object) -> str:
    where = institution if isinstance(institution, str) else f"{unitid}, {training.GONE}"
    return f"{desk.program_titles[cip].rstrip('.')}, {where}"


def _local(desk: Desk, area_code: str) -> pd.DataFrame:
    """The entries of the local capacity file for an area."""
    rows = desk.capacity.rows
    return rows[rows.area_code.isin({area_code, *desk.area(area_code).members})]


def _local_id(row: Any) -> str:
    if isinstance(row.unitid, str) and isinstance(row.cip, str) and len(row.cip) == len("46.0302"):
        return f"{row.unitid}:{row.cip}"
    told = f"{row.provider}\n{row.program}".casefold().encode("utf-8", "replace")
    return f"local:{hashlib.sha256(told).hexdigest()[:12]}"


def _local_words(row: Any) -> str:
    return f"{row.program}, {row.provider}"


def _local_leading_to(desk: Desk, area_code: str, socs: tuple[str, ...], cips: set[str]) -> frozenset[str]:
    """The ids of local entries for one of the occupations: by its code, or by a program that leads to it."""
    found = set()
    for row in _local(desk, area_code).itertuples():
        if row.soc in socs or (isinstance(row.cip, str) and within(row.cip, cips)):
            found.add(_local_id(row))
    return frozenset(found)


def _local_codes(desk: Desk, area_code: str) -> dict[str, dict[str, list[str]]]:
    """The occupations ('socs') and fields of study ('cips') of the local entries for an area, by id."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in _local(desk, area_code).itertuples():
        codes = found.setdefault(_local_id(row), {})
        for name, code in (("socs", row.soc), ("cips", row.cip)):
            if isinstance(code, str) and code and code not in codes.get(name, ()):
                codes.setdefault(name, []).append(code)
    return found


def _pairs(rows: pd.DataFrame, key: str, words: str) -> tuple[tuple[str, str], ...]:
    return tuple(zip(rows[key].astype(str), rows[words].astype(str), strict=True))
