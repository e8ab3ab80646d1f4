"""What was accepted about one occupation, the area's preferred programs that lead to it included."""

from lmi.answers import room_lists, training
from lmi.answers.desk import Desk
from lmi.answers.outcome_words import adjusted_words, published_words
from lmi.domain.adjustments import Reviewed, Said
from lmi.domain.selection import Area

ORDER = ("critical", "figure", "lacking", "programs")
_LISTS = {"critical": "reasons", "lacking": "skills"}


def of_occupation(desk: Desk, area: Area, soc: str) -> tuple[Reviewed, ...]:
    """Accepted adjustments about an occupation in an area: in ORDER, then the newest convening first."""
    found = [row for row in desk.adjustments.of(area, soc) if row.adjustment.kind in ORDER]
    found += [
        row
        for row in desk.adjustments.within(area)
        if row.adjustment.kind == "programs" and leading_here(desk, row, soc)
    ]
    return tuple(sorted(found, key=lambda row: ORDER.index(row.adjustment.kind)))


def leading_here(desk: Desk, row: Reviewed, soc: str) -> tuple[Said, ...]:
    """Of the preferred programs of an adjustment those that lead to an occupation, by the local capacity file
    of today or by what it said when they were chosen."""
    programs = row.adjustment.counted("programs")
    if not programs:
        return ()
    cips = set(training.programs_of(desk, soc))
    area = row.adjustment.area_code
    local = {key for key, _ in room_lists.programs_of(desk, area, (soc,))} if area in desk.areas else set()
    return tuple(
        p
        for p in programs
        if p.id in local
        or p.id.partition(":")[2] in cips
        or soc in p.socs
        or any(room_lists.within(cip, cips) for cip in p.cips)
    )


def as_json(desk: Desk, area: Area, soc: str) -> list[dict[str, object]]:
    """The same for JSON: what is said, by how many organisations (never which), where and when it was said.

    An adjusted figure stands with the published one beside it.
    """
    return [_as_json(desk, row, soc) for row in of_occupation(desk, area, soc)]


def _as_json(desk: Desk, row: Reviewed, soc: str) -> dict[str, object]:
    told = row.adjustment
    out: dict[str, object] = {
        "kind": told.kind, "organizations": len(told.organisations), "convening": told.convening,
        "industry": row.industry, "held_on": row.held_on, "accepted_on": row.last.at[:10] if row.last else "",
        "counts_for_rules": desk.adjustments.counts(row),
    }  # fmt: skip
    if told.kind == "figure":
        out |= {
            "figure": told.text("figure"), "adjusted": adjusted_words(told),
            "published": published_words(told), "reason": told.reason,
        }  # fmt: skip
        return out
    said = leading_here(desk, row, soc) if told.kind == "programs" else told.counted(_LISTS[told.kind])
    out["says"] = [
        {"id": each.id, "words": each.words, "organizations": len(each.organisations)}
        for each in said
        if each.id  # own words could name somebody
    ]
    return out
