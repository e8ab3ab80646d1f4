"""pathways.yaml: clusters, pathways, steps and moves. Every mistake is named with its line, and all of
them at once: a person who mends the file wants the whole list."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from lmi.domain.errors import BadFile
from lmi.domain.pathways import (
    FILE_KEYS,
    KINDS,
    STAGES,
    STATUSES,
    UNCHECKED,
    VERSION_STATUSES,
    Cluster,
    Move,
    Pathway,
    PathwayMap,
    Reference,
    Step,
    Version,
)
from lmi.sources import pathway_rules, yaml_file
from lmi.sources.pathway_rules import Found, Placed
from lmi.sources.pathway_values import day, identifier, months, postal_code, soc_code, web_address
from lmi.sources.yaml_file import Entry

_VERSION = ("name", "status", "date", "note", "copy_of")
_SOURCE = ("id", "title", "publisher", "url", "read")
_CLUSTER = ("id", "name", "about")
_PATHWAY = ("id", "name", "cluster", "about", "targets", "steps", "moves")
_STEP = ("soc", "stage", "status", "note")
MOVE_KEYS = (
    "from", "to", "kind", "months", "credential", "license", "state", "status", "validated_on",
    "organisations", "sources", "unchecked", "note",
)  # fmt: skip
T = TypeVar("T")


@dataclass
class _Reader:
    """Reads what it can and keeps every problem. socs: code -> title of the occupations that exist."""

    socs: Mapping[str, str]
    problems: list[BadFile] = field(default_factory=list)

    def attempt(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except BadFile as problem:
            self.problems.append(problem)
            return None

    def each(self, entries: Iterable[Entry], read: Callable[[Entry], T]) -> list[Placed[T]]:
        out = []
        for entry in entries:
            value = self.attempt(lambda entry=entry: read(entry))  # type: ignore[misc]
            if value is not None:
                out.append(Placed(entry, value))
        return out

    def listed(self, top: Entry, key: str, known: Iterable[str]) -> list[Entry]:
        def read() -> list[Entry]:
            found = top.fields(known)
            return found[key].entries() if key in found else []

        return self.attempt(read) or []


def load_pathways(path: Path, socs: Mapping[str, str]) -> PathwayMap:
    """The pathways of a file. socs: code -> title of the occupations that figures are published for.
    BadFile names the first mistake, and how many more there are."""
    found, problems = check_pathways(path, socs)
    if found is None or problems:
        first = problems[0]
        more = f" And {len(problems) - 1} more: python -m lmi pathways check." if len(problems) > 1 else ""
        raise BadFile(first.what, first.why, first.next_step + more)
    return found


def check_pathways(path: Path, socs: Mapping[str, str]) -> tuple[PathwayMap | None, list[BadFile]]:
    """The pathways, if the file can be read so far, and every problem in the order of its lines."""
    reader = _Reader(socs)
    top = reader.attempt(lambda: yaml_file.load(path))
    if top is None or reader.attempt(lambda: top.fields(FILE_KEYS)) is None:
        return None, reader.problems
    version = reader.attempt(lambda: _version(top.need("version", FILE_KEYS)))
    sources = reader.each(reader.listed(top, "sources", FILE_KEYS), _source)
    clusters = reader.each(reader.listed(top, "clusters", FILE_KEYS), _cluster)
    pathways = reader.each(reader.listed(top, "pathways", FILE_KEYS), lambda entry: _pathway(reader, entry))
    crossovers = reader.each(reader.listed(top, "crossovers", FILE_KEYS), lambda entry: _move(reader, entry))
    if not pathways and not reader.problems:
        reader.attempt(lambda: top.refuse("no pathway stands in the file.", "one pathway or more"))
    found = Found(clusters, [Placed(p.entry, p.value) for p in pathways], crossovers, sources)
    reader.problems += pathway_rules.problems(found, socs)
    reader.problems.sort(key=_line)
    if version is None:
        return None, reader.problems
    return (
        PathwayMap(
            version,
            tuple(c.value for c in clusters),
            tuple(p.value.pathway for p in pathways),
            tuple(m.value for m in crossovers),
            tuple(s.value for s in sources),
        ),
        reader.problems,
    )


def _line(problem: BadFile) -> int:
    head = problem.what.split(", line ", 1)
    number = head[1].split(",", 1)[0].split(":", 1)[0] if len(head) > 1 else "0"
    return int(number) if number.isdigit() else 0


def _version(entry: Entry) -> Version:
    fields = entry.fields(_VERSION)
    return Version(
        name=entry.need("name", _VERSION).text(r"[\w. -]{1,40}", "1 to 40 letters, digits, spaces, . or -"),
        status=entry.need("status", _VERSION).choice(VERSION_STATUSES),
        date=day(entry.need("date", _VERSION)),
        note=_said(fields, "note", 300),
        copy_of=_said(fields, "copy_of", 40),
    )


def _source(entry: Entry) -> Reference:
    def need(key: str) -> Entry:
        return entry.need(key, _SOURCE)

    return Reference(
        identifier(need("id")), _words(need("title"), 200), _words(need("publisher"), 120),
        web_address(need("url")), day(need("read")),
    )  # fmt: skip


def _cluster(entry: Entry) -> Cluster:
    about = entry.need("about", _CLUSTER)
    return Cluster(
        identifier(entry.need("id", _CLUSTER)), _words(entry.need("name", _CLUSTER), 60), _words(about, 300)
    )


def _pathway(reader: _Reader, entry: Entry) -> pathway_rules.Route:
    def need(key: str) -> Entry:
        return entry.need(key, _PATHWAY)

    id_, name = identifier(need("id")), _words(need("name"), 60)
    cluster, about = need("cluster").text(), _words(need("about"), 300)
    before = len(reader.problems)
    targets = reader.each(need("targets").entries(), lambda e: soc_code(e, reader.socs))
    steps = reader.each(need("steps").entries(), lambda e: _step(reader, e))
    listed = entry.fields(_PATHWAY).get("moves")
    moves = reader.each(listed.entries() if listed else [], lambda e: _move(reader, e))
    pathway = Pathway(
        id_, name, cluster, about, tuple(t.value for t in targets), tuple(s.value for s in steps),
        tuple(m.value for m in moves),
    )  # fmt: skip
    return pathway_rules.Route(pathway, targets, steps, moves, whole=len(reader.problems) == before)


def _step(reader: _Reader, entry: Entry) -> Step:
    fields = entry.fields(_STEP)
    return Step(
        soc_code(entry.need("soc", _STEP), reader.socs),
        entry.need("stage", _STEP).choice(STAGES),
        fields["status"].choice(STATUSES) if "status" in fields else "proposed",
        _said(fields, "note", 300),
    )


def _move(reader: _Reader, entry: Entry) -> Move:
    fields = entry.fields(MOVE_KEYS)

    def listed(key: str) -> list[Entry]:
        return fields[key].entries() if key in fields else []

    return Move(
        start=soc_code(entry.need("from", MOVE_KEYS), reader.socs),
        goal=soc_code(entry.need("to", MOVE_KEYS), reader.socs),
        kind=entry.need("kind", MOVE_KEYS).choice(KINDS),
        months=months(fields["months"]) if "months" in fields else None,
        credential=_said(fields, "credential", 160),
        license=_said(fields, "license", 160),
        state=postal_code(fields["state"]) if "state" in fields else "",
        status=entry.need("status", MOVE_KEYS).choice(STATUSES),
        validated_on=day(fields["validated_on"]) if "validated_on" in fields else "",
        organisations=tuple(_words(e, 120) for e in listed("organisations")),
        sources=tuple(e.text() for e in listed("sources")),
        unchecked=tuple(e.choice(UNCHECKED) for e in listed("unchecked")),
        note=_said(fields, "note", 300),
    )


def _said(fields: Mapping[str, Entry], key: str, most: int) -> str:
    return fields[key].text(rf".{{0,{most}}}", f"up to {most} characters") if key in fields else ""


def _words(entry: Entry, most: int) -> str:
    return entry.text(rf".{{1,{most}}}", f"1 to {most} characters")
