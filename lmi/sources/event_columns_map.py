"""Which column of a table means what: a proposal from its headings, and what people say instead."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from lmi.domain.errors import BadInput
from lmi.domain.plain_text import shown
from lmi.sources.event_job_headings import folded, jobs_headings, speaks_of_layoffs

# Our column -> headings that mean it, the surest first; those of the jobs are known by their words, see
# lmi.sources.event_job_headings. 'state' and 'street' help to place an event.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "employer": (
        "employer", "company", "employer name", "company name", "business name", "name of company",
        "job site name", "business", "organization", "firm", "establishment", "name",
    ),
    "announced": (
        "announced", "notice date", "warn date", "warn notice date", "date of notice", "announced date",
        "announcement date", "date announced", "initial report date", "report date", "received date",
        "date received", "notice received", "date",
    ),
    "effective": (
        "effective", "effective date", "layoff date", "lay off date", "date of layoff", "layoff start date",
        "planned starting date", "separation date", "closing date", "start date", "impact date",
        "expected date", "starting",
    ),
    "jobs": (),
    "county": ("county", "county name", "county parish", "parish"),
    "city": ("city", "city name", "municipality", "town", "location city", "location"),
    "state": ("state", "state code", "st"),
    "area_code": ("area code", "cbsa", "cbsa code"),
    "event_type": (
        "event type", "type of event", "layoff closure", "closing or layoff", "notice type", "warn type",
        "layoff type", "type", "action",
    ),
    "naics": ("naics", "naics code", "industry naics", "industry code", "industry"),
    "socs": ("socs", "occupations"),
    "status": ("status",),
    "confidence": ("confidence",),
    "source_name": ("source name", "source", "publisher"),
    "source_url": ("source url", "url", "link", "web address", "detail page url"),
    "notes": ("notes", "note", "comments", "remarks", "reason"),
    "street": ("street", "street address", "site address", "address"),
}  # fmt: skip


@dataclass(frozen=True)
class ColumnMap:
    """headings: our column -> heading of the table; fixed: our column -> the same text for every row;
    assumed: columns of `fixed` that nobody told; passed_over: other headings that could be the jobs."""

    headings: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


def propose(headings: Sequence[str]) -> dict[str, str]:
    """Our column -> the heading that seems to mean it; each heading serves once, the surest synonym wins."""
    names = {folded(heading): heading for heading in reversed(headings) if folded(heading)}
    found: dict[str, str] = {}
    for rank in range(max(len(words) for words in SYNONYMS.values())):
        for column, words in SYNONYMS.items():
            if column not in found and rank < len(words) and words[rank] in names:
                found[column] = names.pop(words[rank])
    for heading in jobs_headings(headings)[:1]:
        found["jobs"] = heading
    return {column: found[column] for column in SYNONYMS if column in found}


def read_map(text: str) -> ColumnMap:
    """What people write: 'jobs=No. Of Employees,employer=Company,event_type:=layoff'.

    column=heading names the table's column, column:=text gives every row the same. A part with a comma
    stands in quotation marks. BadInput for another form, an unknown column, or one named twice.
    """
    headings: dict[str, str] = {}
    fixed: dict[str, str] = {}
    for part in next(csv.reader([text], skipinitialspace=True)) if text.strip() else ():
        found = re.fullmatch(r"\s*(\w+)\s*(:?=)\s*(.+?)\s*", part)
        if not found:
            raise BadInput(
                f"'{shown(part)}' is no mapping of a column.",
                "Accepted: column=heading or column:=text, separated by commas.",
                'For example: --map "employer=Company,event_type:=layoff".',
            )
        column, sign, value = found[1].lower(), found[2], found[3]
        if column not in SYNONYMS:
            near = get_close_matches(column, SYNONYMS, 1)
            raise BadInput(
                f"The log has no column '{shown(column)}'{f'; did you mean {near[0]}?' if near else '.'}",
                f"Columns: {', '.join(SYNONYMS)}.", "Correct --map.",
            )  # fmt: skip
        if column in headings or column in fixed:
            raise BadInput(
                f"--map names {column} twice.", "One place for a column was expected.", "Remove one."
            )
        (headings if sign == "=" else fixed)[column] = value
    return ColumnMap(headings, fixed)


def settled(headings: Sequence[str], said: ColumnMap) -> ColumnMap:
    """What is read from a table with these headings: the proposal, overruled by what people said.

    Without a column for the kind of event, a list that speaks of lay-offs and counts no new jobs has
    lay-offs; status is 'announced' where none is told. BadInput for a heading that the table does not have,
    and where employer, date, kind or place of the events would be missing.
    """
    by_name = {folded(heading): heading for heading in headings}
    for column, heading in said.headings.items():
        if folded(heading) not in by_name:
            raise BadInput(
                f"The file has no heading '{shown(heading)}' for {column}.", _has(headings), "Correct --map."
            )
    chosen = {column: by_name[folded(heading)] for column, heading in said.headings.items()}
    taken = set(chosen.values())
    guess = {column: name for column, name in propose(headings).items() if name not in taken}
    chosen = {column: name for column, name in {**guess, **chosen}.items() if column not in said.fixed}
    assumed = {"status": "announced"}
    if speaks_of_layoffs(headings, chosen.get("jobs", "")):
        assumed = {"event_type": "layoff", **assumed}
    assumed = {column: text for column, text in assumed.items() if column not in {*chosen, *said.fixed}}
    fixed = {**said.fixed, **assumed}
    _demand({*chosen, *fixed}, headings)
    others = tuple(name for name in jobs_headings(headings) if name not in chosen.values())
    return ColumnMap(chosen, fixed, tuple(assumed), others if "jobs" in chosen else ())


def _demand(columns: set[str], headings: Sequence[str]) -> None:
    needs = {
        "employer": ("employer",), "announced": ("announced", "effective"), "event_type": ("event_type",),
        "a place (city, county, state or area_code)": ("city", "county", "state", "area_code"),
    }  # fmt: skip
    lacking = [name for name, any_of in needs.items() if not columns & set(any_of)]
    if lacking:
        raise BadInput(
            f"No column is recognised for {', '.join(lacking)}.", _has(headings),
            "Name it: --map \"employer=…,announced=…\", or give every row the same: "
            "--map \"event_type:=layoff\", or expansion for new jobs.",
        )  # fmt: skip


def _has(headings: Sequence[str]) -> str:
    return f"Headings there: {shown('; '.join(h for h in headings if h), 400)}."
