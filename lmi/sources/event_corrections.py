"""data/corrections/hiring_events.yaml: known errors of imported files and the guard that each fix has, so
that no fix outlives its error."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lmi.domain.codes import POSTAL_BY_FIPS
from lmi.domain.errors import BadFile
from lmi.sources.event_incoming import Incoming
from lmi.sources.yaml_file import Entry, load

FILE_NAME = "hiring_events.yaml"
_KEYS = ("id", "where", "field", "action", "expect", "reason", "status")
_WHERE, _EXPECT = ("format", "state", "years"), ("counts", "ending_in_0_pct")
_FACTOR = 10


@dataclass(frozen=True)
class Correction:
    """A record: counts of one state in one format are ten times too large. years: of the notice; () = all.

    counts, ending_in_0_pct: the guard, see the file.
    """

    id: str
    format: str
    state: str
    years: tuple[str, ...]
    counts: int
    ending_in_0_pct: float
    reason: str

    def means(self, notice: Incoming) -> bool:
        """Whether a record of an import is one that this correction is about."""
        here = notice.format == self.format and POSTAL_BY_FIPS.get(notice.state_fips, "") == self.state
        return here and (not self.years or notice.year in self.years)


def load_corrections(folder: Path) -> tuple[Correction, ...]:
    """The records of the file in this folder; BadFile names the line that is not in the form."""
    top = load(folder / FILE_NAME)
    entries = top.need("corrections", ("corrections",)).entries()
    found = [_correction(entry) for entry in entries]
    names = [correction.id for correction in found]
    for entry, name in zip(entries, names, strict=True):
        if names.count(name) > 1:
            entry.refuse(f"'{name}' stands twice.", "one record for each id")
    return tuple(found)


def _correction(entry: Entry) -> Correction:
    fields = {key: entry.need(key, _KEYS) for key in _KEYS}
    where = {key: fields["where"].need(key, _WHERE) for key in _WHERE}
    expect = {key: fields["expect"].need(key, _EXPECT) for key in _EXPECT}
    fields["field"].choice(("jobs",))
    fields["action"].choice((f"divide by {_FACTOR}",))
    fields["status"].text(r".+")
    years: tuple[str, ...] = ()
    if where["years"].value != "all":
        listed = where["years"].entries()
        if not listed:
            where["years"].refuse("no year is named.", "a list of years, or all")
        years = tuple(str(int(year.number(1988, 2100))) for year in listed)
    return Correction(
        fields["id"].text(r"[a-z0-9-]+", "a name of small letters, digits and hyphens"),
        where["format"].text(r"[a-z_]+", "the name of a format"),
        where["state"].choice(sorted(POSTAL_BY_FIPS.values())), years,
        int(expect["counts"].number(2, 1000)), expect["ending_in_0_pct"].number(50, 100),
        fields["reason"].text(r".+", "a sentence"),
    )  # fmt: skip


def corrected(notices: Sequence[Incoming], corrections: Sequence[Correction]) -> list[Incoming]:
    """The notices, in their order, with known errors mended; the others as they are.

    A mended notice has low confidence and says so in its remarks; one of a group too small to tell is
    doubtful. BadFile where a group is large enough and does not show the error.
    """
    out = list(notices)
    groups: dict[str, list[int]] = defaultdict(list)
    by_id: Mapping[str, Correction] = {correction.id: correction for correction in corrections}
    for at, notice in enumerate(notices):
        for correction in corrections:
            if "jobs" in notice.cells and correction.means(notice):
                groups[correction.id].append(at)
                break
    for name, members in groups.items():
        correction = by_id[name]
        counts = [notices[at].cells["jobs"] for at in members]
        small = len(counts) < correction.counts
        if not small:
            _guard(correction, counts)
        for at in members:
            out[at] = _doubted(notices[at], correction, len(counts)) if small else _mended(notices[at])
    return out


def _guard(correction: Correction, counts: Sequence[str]) -> None:
    share = 100 * sum(count.endswith("0") for count in counts) / len(counts)
    if share < correction.ending_in_0_pct:
        raise BadFile(
            f"The correction '{correction.id}' does not fit this file.",
            f"Of its {len(counts)} counts {share:.0f}% end in 0, where {correction.ending_in_0_pct:g}% were "
            "expected: the publisher has mended it.",
            f"Look at the counts, then remove the correction from data/corrections/{FILE_NAME}.",
        )


def _mended(notice: Incoming) -> Incoming:
    text = notice.cells["jobs"].replace(",", "")
    if not text.isdecimal() or int(text) % _FACTOR:
        return replace(notice, doubtful="its count is none of the ten times too large ones of its year.")
    jobs = str(int(text) // _FACTOR)
    remark = f"Count divided by ten: the collection gives {text}, like all of its state and year."
    cells = {**notice.cells, "jobs": jobs, "confidence": "low"}
    return replace(notice, cells=cells, remarks=(*notice.remarks, remark))


def _doubted(notice: Incoming, correction: Correction, found: int) -> Incoming:
    why = (
        f"counts of {correction.state}{_of(correction)} are ten times too large in this format, and {found} "
        f"of them are too few to tell whether they are here ({correction.counts} are needed)."
    )
    return replace(notice, doubtful=why)


def _of(correction: Correction) -> str:
    return f" in {', '.join(correction.years)}" if correction.years else ""
