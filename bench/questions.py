"""Each page's data question over many areas: DuckDB against plain pandas in the same run."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import Any

import pandas as pd

from bench import areas, plain, plain_people
from bench.desks import open_stage_desk
from bench.plain import Frames
from bench.report import Row
from bench.stage import Stage
from lmi.answers.desk import Desk
from lmi.answers.overview import overview
from lmi.answers.people import representation
from lmi.answers.profile import profile
from lmi.answers.ranking import rank
from lmi.answers.request import request_from_text
from lmi.answers.skills import skills as all_skills
from lmi.answers.training import training
from lmi.domain.awards import EVERY_LEVEL
from lmi.domain.codes import NATION
from lmi.domain.selection import Area
from lmi.places import here
from lmi.warehouse import people, programs, queries, skills
from lmi.warehouse.connect import Warehouse

Answer = Mapping[str, pd.DataFrame]
AIM_MS = 50.0
YEAR, REPEATS = 2024, 5
TEXTS = ("nurse", "registered nurse", "47-2111", "electrician", "truck driver", "hvac", "cna", "a",
         "software developer", "welder", "teacher assistant", "phlebotomist", "no such work")  # fmt: skip


@dataclass
class Timed:
    """Milliseconds of both ways to one question, and what they disagreed about."""

    duckdb: list[float] = field(default_factory=list)
    pandas: list[float] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)


def local_duckdb(warehouse: Warehouse, area: Area) -> Answer:
    """Overview and Demand: the area's rows and the awards of its programs (the links and the totals that
    rules compare with are read at the start)."""
    return {
        "rows": queries.local_rows(warehouse, area.members),
        "awards": programs.awards(warehouse, area.members, [YEAR], EVERY_LEVEL),
    }


def local_pandas(frames: Frames, area: Area) -> Answer:
    """The same in plain pandas."""
    return {
        "rows": plain.local_rows(frames, area.members),
        "awards": plain_people.awards(frames.facts, area.members, YEAR, EVERY_LEVEL),
    }


def people_duckdb(warehouse: Warehouse) -> Answer:
    """Representation: who works in every occupation, and the workforce of every surveyed area."""
    return {
        "shares": people.shares(warehouse).sort_values("soc", ignore_index=True),
        "workforce": people.workforce(warehouse),
    }


def people_pandas(frames: Frames) -> Answer:
    """The same in plain pandas (what is derived was derived when the files were read)."""
    return {
        "shares": frames.facts.shares.sort_values("soc", ignore_index=True),
        "workforce": frames.facts.workforce.sort_values(["area_code", "group_id"], ignore_index=True),
    }


def training_duckdb(warehouse: Warehouse, area: Area, cips: Sequence[str]) -> Answer:
    """Training: awards by level, who offers the programs, who completes, what graduates earn."""
    groups = sorted({cip[:5] for cip in cips})
    paid = programs.earnings(warehouse, area.members, groups)
    return {
        "awards": programs.awards_by_level(warehouse, area.members, cips),
        "offered": programs.offered(warehouse, area.members, cips),
        "completers": programs.completers(warehouse, area.members, YEAR),
        "earnings": paid.sort_values(["unitid", "cip4", "credential_level"], ignore_index=True),
    }


def training_pandas(frames: Frames, area: Area, cips: Sequence[str]) -> Answer:
    """The same in plain pandas."""
    groups = sorted({cip[:5] for cip in cips})
    return {
        "awards": plain_people.awards_by_level(frames.facts, area.members, cips),
        "offered": plain_people.offered(frames.facts, area.members, cips),
        "completers": plain_people.completers(frames.facts, area.members, YEAR),
        "earnings": plain_people.earnings(frames.facts, area.members, groups),
    }


def skills_duckdb(warehouse: Warehouse, soc: str) -> Answer:
    """Skills: ratings against what is usual, technology, education reported."""
    return {
        "ratings": skills.ratings(warehouse, [soc]),
        "technologies": skills.technologies(warehouse, soc),
        "education": skills.reported_education(warehouse, soc),
    }


def skills_pandas(frames: Frames, soc: str) -> Answer:
    """The same in plain pandas."""
    return {
        "ratings": plain_people.ratings(frames.facts, [soc]),
        "technologies": plain_people.technologies(frames.facts, soc),
        "education": plain_people.reported_education(frames.facts, soc),
    }


def cips_of(frames: Frames, soc: str) -> list[str]:
    """The programs that lead to an occupation, its teachers' apart."""
    links = frames.facts.links
    return sorted(links.cip[(links.soc == soc) & ~links.teaching])


def occupation_duckdb(warehouse: Warehouse, area: Area, soc: str) -> Answer:
    """Occupation: its rows here and in wider areas, what it is, everywhere, industries, other titles."""
    return {
        "rows": queries.rows_of(warehouse, soc, [*area.members, *area.state_codes, NATION]),
        "about": queries.occupation(warehouse, soc),
        "everywhere": queries.everywhere(warehouse, soc),
        "industries": queries.industries(warehouse, soc),
        "titles": pd.DataFrame({"title": queries.alternate_titles(warehouse, soc)}, dtype="str"),
    }


def occupation_pandas(frames: Frames, area: Area, soc: str) -> Answer:
    """The same in plain pandas."""
    return {
        "rows": plain.rows_of(frames, soc, [*area.members, *area.state_codes, NATION]),
        "about": plain.occupation(frames, soc),
        "everywhere": plain.everywhere(frames, soc),
        "industries": plain.industries(frames, soc),
        "titles": pd.DataFrame({"title": plain.alternate_titles(frames, soc)}, dtype="str"),
    }


def search_duckdb(warehouse: Warehouse, text: str) -> Answer:
    """Search by code, title or alternate title."""
    return {"found": queries.search(warehouse, text)}


def search_pandas(frames: Frames, text: str) -> Answer:
    """The same in plain pandas."""
    return {"found": plain.search(frames, text)}


def differences(one: Answer, other: Answer) -> list[str]:
    """Names of the tables (and columns) in which two answers are not the same rows."""
    found = []
    for name, left in one.items():
        right = other[name]
        if list(left.columns) != list(right.columns) and set(left.columns) != set(right.columns):
            found.append(f"{name}: columns")
        elif len(left) != len(right):
            found.append(f"{name}: {len(left)} and {len(right)} rows")
        else:
            found += [f"{name}.{c}" for c in left.columns if not _equal(left[c], right[c], c)]
    return found


def _equal(left: pd.Series, right: pd.Series, name: str) -> bool:
    if name == "matched":  # of several equally good titles any may be shown
        left, right = left.str.len(), right.str.len()
    missing = left.isna().to_numpy()
    if (missing != right.isna().to_numpy()).any():
        return False
    a, b = left[~missing].reset_index(drop=True), right[~missing].reset_index(drop=True)
    if pd.api.types.is_numeric_dtype(a) and pd.api.types.is_numeric_dtype(b):
        return bool(((a.astype(float) - b.astype(float)).abs() <= 1e-9 * b.abs().astype(float)).all())
    return list(a) == list(b)


def milliseconds(ask: Callable[[], Any]) -> tuple[float, Any]:
    """How long an answer takes, and the answer."""
    began = perf_counter()
    answer = ask()
    return 1000 * (perf_counter() - began), answer


def compare(cases: Iterable[tuple[str, Callable[[], Answer], Callable[[], Answer]]], repeats: int) -> Timed:
    """Ask both ways in turn, `repeats` times each; untimed first answers are compared."""
    timed = Timed()
    for label, by_duckdb, by_pandas in cases:
        timed.differing += [f"{label} {what}" for what in differences(by_duckdb(), by_pandas())]
        for _ in range(repeats):
            timed.duckdb.append(milliseconds(by_duckdb)[0])
            timed.pandas.append(milliseconds(by_pandas)[0])
    return timed


def measure(stage: Stage) -> list[Row]:
    """Data questions and full answers, at a desk of its own."""
    desk = open_stage_desk(stage)
    load_ms, frames = milliseconds(lambda: plain.load(here().bundled))
    chosen = [desk.areas[c] for c in areas.choose(queries.areas(desk.warehouse), stage.areas)]
    repeats, wh = stage.repeats(REPEATS), desk.warehouse
    pairs = list(zip(chosen, _socs(desk, len(chosen)), strict=True))
    timed = {
        "overview, demand": compare(
            [(a.code, partial(local_duckdb, wh, a), partial(local_pandas, frames, a)) for a in chosen],
            repeats,
        ),
        "occupation": compare(
            [
                (
                    f"{a.code} {s}",
                    partial(occupation_duckdb, wh, a, s),
                    partial(occupation_pandas, frames, a, s),
                )
                for a, s in pairs
            ],
            repeats,
        ),
        "representation": compare([("all", partial(people_duckdb, wh), partial(people_pandas, frames))], 20),
        "training": compare(
            [
                (f"{a.code} {s}", partial(training_duckdb, wh, a, c), partial(training_pandas, frames, a, c))
                for a, s, c in ((a, s, cips_of(frames, s)) for a, s in pairs)
                if c
            ],
            repeats,
        ),
        "skills": compare(
            [(s, partial(skills_duckdb, wh, s), partial(skills_pandas, frames, s)) for _, s in pairs], repeats
        ),
        "search": compare(
            [(t, partial(search_duckdb, wh, t), partial(search_pandas, frames, t)) for t in TEXTS], repeats
        ),
    }
    rows = [row for name, found in timed.items() for row in _rows(name, found)]
    rows.append(Row("pandas: Parquet into memory", (load_ms,), note="once, before its first question"))
    rows += _answers(desk, pairs)
    desk.warehouse.close()
    return rows


def _rows(name: str, found: Timed) -> list[Row]:
    if found.differing:
        note = f"rows DIFFER from pandas in {len(found.differing)} cases, first: {found.differing[0]}"
    else:
        note = "same rows as pandas"
    return [
        Row(f"data: {name} (DuckDB)", tuple(found.duckdb), aim=AIM_MS, note=note),
        Row(f"data: {name} (pandas)", tuple(found.pandas)),
    ]


def _answers(desk: Desk, pairs: list[tuple[Area, str]]) -> list[Row]:
    """The whole answers of the pages, nothing cached."""
    ranking, seen, profiles, who, trained, asked = [], [], [], [], [], []
    for area, soc in pairs:
        spent, ranked = milliseconds(partial(rank, desk, request_from_text(desk, area.code)))
        ranking.append(spent)
        seen.append(milliseconds(partial(overview, ranked))[0])
        profiles.append(milliseconds(partial(profile, desk, soc, area.code))[0])
        who.append(milliseconds(partial(representation, desk, ranked))[0])
        trained.append(milliseconds(partial(training, desk, area, soc, ranked.supply))[0])
        asked.append(milliseconds(partial(all_skills, desk, soc))[0])
    note = "data, completions, analysis and 90% intervals; uncached"
    return [
        Row("answer: ranking", tuple(ranking), note=note),
        Row("answer: overview of a ranking", tuple(seen)),
        Row("answer: profile", tuple(profiles)),
        Row("answer: representation of a ranking", tuple(who)),
        Row("answer: training", tuple(trained)),
        Row("answer: skills", tuple(asked)),
    ]


def _socs(desk: Desk, count: int) -> list[str]:
    """Detailed occupations at even distances through the classification."""
    known = queries.occupations(desk.warehouse)
    detailed = known[known.in_oews & (known.soc_level == "detailed")]
    found = areas.spread(list(detailed.soc), count)
    return [found[i % len(found)] for i in range(count)]
