"""pathways.yaml: clusters, pathways, steps and moves. Every mistake is named with its line, and all of
them at once: a person who mends the file wants the whole list."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

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
from lmi.sources.pathway_values import (
    day,
    identifier,
    months,
    postal_code,
    soc_code,
    version_name,
    web_address,
)
from lmi.sources.yaml_file import Entry

VERSION_KEYS = ("name", "status", "date", "note", "copy_of")
_SOURCE = ("id", "title", "publisher", "url", "read")
_CLUSTER = ("id", "name", "about")
PATHWAY_KEYS = ("id", "name", "cluster", "about", "targets", "steps", "moves")
STEP_KEYS = ("soc", "stage", "status", "note")
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
        """What `read` returns; None, and its problem kept, where it raises BadFile."""
        try:
            return read()
        except BadFile as problem:
            self.problems.append(problem)
            return None

    def each(self, entries: Iterable[Entry], read: Callable[[Entry], T | None]) -> list[Placed[T]]:
        """The entries that can be read, in order, each with its place."""
        out = []
        for entry in entries:
            value = self.attempt(lambda entry=entry: read(entry))  # type: ignore[misc]
            if value is not None:
                out.append(Placed(entry, value))
        return out


class _Item:
    """A mapping read key by key, so that no problem hides another."""

    def __init__(self, reader: _Reader, entry: Entry, known: Sequence[str]) -> None:
        self.reader, self.known, self._before = reader, known, len(reader.problems)
        found: dict[str, Entry] = {}
        for key, value in entry.value.items() if isinstance(entry.value, dict) else ():
            alone = Entry(entry.file, entry.path, entry.line, {key: value})
            found |= reader.attempt(lambda alone=alone: alone.fields(known)) or {}  # type: ignore[misc]
        self.is_mapping = isinstance(entry.value, dict)
        if not self.is_mapping:
            reader.attempt(lambda: entry.fields(known))
        self.fields = Entry(entry.file, entry.path, entry.line, found)

    @property
    def whole(self) -> bool:
        """Whether no problem has been found in it so far."""
        return len(self.reader.problems) == self._before

    def need(self, key: str, read: Callable[[Entry], T]) -> T:
        """The value under a key that must be there. After a problem it is None, and the item not whole."""
        if not self.is_mapping:
            return cast(T, None)
        return cast(T, self.reader.attempt(lambda: read(self.fields.need(key, self.known))))

    def may(self, key: str, read: Callable[[Entry], T], otherwise: T) -> T:
        """The value under a key, or another where the key is not there. After a problem as in `need`."""
        return self.need(key, read) if key in cast(dict, self.fields.value) else otherwise


def load_pathways(path: Path, socs: Mapping[str, str]) -> PathwayMap:
    """The pathways of a file. socs: code -> title of the occupations that figures are published for.
    BadFile names the first mistake, and how many more there are."""
    return read_pathways(yaml_file.load(path), socs)


def read_pathways(file: Entry, socs: Mapping[str, str]) -> PathwayMap:
    """The same of a file that is read already."""
    found, problems = _check(_Reader(socs), file)
    if found is None or problems:
        raise as_one(problems)
    return found


def as_one(problems: Sequence[BadFile]) -> BadFile:
    """One error for one problem or more: the first, and how many more there are."""
    first = problems[0]
    more = f" And {len(problems) - 1} more: python -m lmi pathways check." if len(problems) > 1 else ""
    return BadFile(first.what, first.why, first.next_step + more)


def check_pathways(path: Path, socs: Mapping[str, str]) -> tuple[PathwayMap | None, list[BadFile]]:
    """The pathways, if the file can be read so far, and every problem in the order of its lines."""
    reader = _Reader(socs)
    return _check(reader, reader.attempt(lambda: yaml_file.load(path)))


def check_text(
    text: str, socs: Mapping[str, str], name: str = "pathways.yaml"
) -> tuple[PathwayMap | None, list[BadFile]]:
    """As check_pathways, for a text that is in no file yet. name: of the file that it is for."""
    reader = _Reader(socs)
    return _check(reader, reader.attempt(lambda: yaml_file.parse(text, name)))


def version_of(text: str, name: str) -> Version:
    """The version that a text says it is, the rest unchecked; BadFile if it does not say it rightly."""
    reader = _Reader({})
    top = yaml_file.parse(text, name)
    version = _version(reader, top.need("version", FILE_KEYS))
    if version is None:
        raise as_one(reader.problems)
    return version


def _check(reader: _Reader, top: Entry | None) -> tuple[PathwayMap | None, list[BadFile]]:
    if top is None:
        return None, reader.problems
    item = _Item(reader, top, FILE_KEYS)

    def placed(key: str, read: Callable[[_Reader, Entry], T | None]) -> list[Placed[T]]:
        return reader.each(item.may(key, Entry.entries, []) or [], lambda entry: read(reader, entry))

    version = item.need("version", lambda entry: _version(reader, entry))
    sources, clusters = placed("sources", _source), placed("clusters", _cluster)
    pathways, crossovers = placed("pathways", _pathway), placed("crossovers", _move)
    if not pathways and not reader.problems:
        reader.attempt(lambda: top.refuse("no pathway stands in the file.", "one pathway or more"))
    reader.problems += pathway_rules.problems(Found(clusters, pathways, crossovers, sources), reader.socs)
    reader.problems.sort(key=lambda problem: _line(problem, top.file))
    if version is None:
        return None, reader.problems
    return (
        PathwayMap(
            version,
            tuple(c.value for c in clusters),
            tuple(p.value.pathway for p in pathways if p.value.named),
            tuple(m.value for m in crossovers),
            tuple(s.value for s in sources),
        ),
        reader.problems,
    )


def _line(problem: BadFile, file: str) -> int:
    found = re.match(r", line (\d+)", problem.what.removeprefix(file))
    return int(found[1]) if found else 0


def _version(reader: _Reader, entry: Entry) -> Version | None:
    item = _Item(reader, entry, VERSION_KEYS)
    version = Version(
        name=item.need("name", version_name),
        status=item.need("status", lambda e: e.choice(VERSION_STATUSES)),
        date=item.need("date", day),
        note=item.may("note", _said(300), ""),
        copy_of=item.may("copy_of", _said(40), ""),
    )
    return version if item.whole else None


def _source(reader: _Reader, entry: Entry) -> Reference | None:
    item = _Item(reader, entry, _SOURCE)
    source = Reference(
        item.need("id", identifier), item.need("title", _words(200)), item.need("publisher", _words(120)),
        item.need("url", web_address), item.need("read", day),
    )  # fmt: skip
    return source if item.whole else None


def _cluster(reader: _Reader, entry: Entry) -> Cluster | None:
    item = _Item(reader, entry, _CLUSTER)
    cluster = Cluster(
        item.need("id", identifier), item.need("name", _words(60)), item.need("about", _words(300))
    )
    return cluster if item.whole else None


def _pathway(reader: _Reader, entry: Entry) -> pathway_rules.Route:
    item = _Item(reader, entry, PATHWAY_KEYS)
    id_, name = item.need("id", identifier) or "", item.need("name", _words(60)) or ""
    cluster, about = item.need("cluster", Entry.text) or "", item.need("about", _words(300)) or ""
    targets = reader.each(item.need("targets", Entry.entries) or [], lambda e: soc_code(e, reader.socs))
    steps = reader.each(item.need("steps", Entry.entries) or [], lambda e: _step(reader, e))
    moves = reader.each(item.may("moves", Entry.entries, []) or [], lambda e: _move(reader, e))
    pathway = Pathway(
        id_, name, cluster, about, tuple(t.value for t in targets), tuple(s.value for s in steps),
        tuple(m.value for m in moves),
    )  # fmt: skip
    return pathway_rules.Route(pathway, targets, steps, moves, whole=item.whole)


def _step(reader: _Reader, entry: Entry) -> Step | None:
    item = _Item(reader, entry, STEP_KEYS)
    step = Step(
        item.need("soc", lambda e: soc_code(e, reader.socs)),
        item.need("stage", lambda e: e.choice(STAGES)),
        item.may("status", lambda e: e.choice(STATUSES), "proposed"),
        item.may("note", _said(300), ""),
    )
    return step if item.whole else None


def _move(reader: _Reader, entry: Entry) -> Move | None:
    item = _Item(reader, entry, MOVE_KEYS)

    def listed(key: str, read: Callable[[Entry], str]) -> tuple[str, ...]:
        found = reader.each(item.may(key, Entry.entries, []) or [], read)
        return tuple(placed.value for placed in found)

    move = Move(
        start=item.need("from", lambda e: soc_code(e, reader.socs)),
        goal=item.need("to", lambda e: soc_code(e, reader.socs)),
        kind=item.need("kind", lambda e: e.choice(KINDS)),
        months=item.may("months", months, None),
        credential=item.may("credential", _said(160), ""),
        license=item.may("license", _said(160), ""),
        state=item.may("state", postal_code, ""),
        status=item.need("status", lambda e: e.choice(STATUSES)),
        validated_on=item.may("validated_on", day, ""),
        organisations=listed("organisations", _words(120)),
        sources=listed("sources", Entry.text),
        unchecked=listed("unchecked", lambda e: e.choice(UNCHECKED)),
        note=item.may("note", _said(300), ""),
    )
    return move if item.whole else None


def _said(most: int) -> Callable[[Entry], str]:
    return lambda entry: entry.text(rf".{{0,{most}}}", f"up to {most} characters")


def _words(most: int) -> Callable[[Entry], str]:
    return lambda entry: entry.text(rf".{{1,{most}}}", f"1 to {most} characters")
