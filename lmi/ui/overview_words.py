"""The sentences, tiles and short lists of the Overview page. They claim no more than the figures do."""

from collections.abc import Callable, Iterable

from lmi.answers.overview import Overview
from lmi.answers.people import Representation
from lmi.answers.ranking import Ranking
from lmi.domain.codes import NATION
from lmi.domain.groups import GROUP_BY_ID
from lmi.presentation.formats import format_count, format_money, format_pct
from lmi.ui import address, loaders
from lmi.ui.state import View
from lmi.ui.wording import brief, noun, rule_words, undecided


def answer(view: View, ranking: Ranking, seen: Overview) -> str:
    """How many occupations meet the rule and how many people they need."""
    rule = view.desk.demand_rules[view.request.demand_rule].name
    if not seen.count:
        return f"No occupation in {view.area.place} meets the rule '{rule}'."
    meets = "meets" if seen.count == 1 else "meet"
    pronoun = "it has" if seen.count == 1 else "together they have"
    openings = format_count(seen.openings, significant=3)
    openings = openings if view.area.code == NATION else f"about {openings}"
    openings = f"at least {openings}" if seen.at_least else openings
    return (
        f"{noun(view, seen.count)} {meets} the {rule_words(rule)}; {pronoun} {openings} "
        f"{view.word_inside('openings_a_year')}."
    )


def tiles(view: View, ranking: Ranking, seen: Overview) -> list[tuple[str, str, str]]:
    """Four figures in the audience's order: how many, how many openings, what they pay, how many jobs."""
    basis = "published" if view.area.code == NATION else "estimated"
    parts = " · ".join(
        f"{format_count(value, significant=3)} {view.word(name)}"
        for value, name in (
            (seen.growth, "growth_part"), (seen.exits, "exits_part"), (seen.transfers, "transfers_part"),
        )
    )  # fmt: skip
    total = float(ranking.local.total.employment)
    period = view.desk.sources.set_index("id").period["bls_oews"]
    unpaid = f"; {seen.unpaid} without annual pay" if seen.unpaid else ""
    word, ranked = view.word, noun(view, len(ranking.rows))
    told = {
        "in_demand": (word("in_demand"), format_count(seen.count), f"of {ranked}{undecided(ranking)}"),
        "openings": (
            word("openings_a_year"), format_count(seen.openings, significant=3), f"{parts} ({basis})",
        ),
        "pay": (
            word("typical_pay"), format_money(seen.pay),
            f"{word('pay_note')}, estimated{unpaid}; all jobs {format_money(seen.area_pay)}",
        ),
        "jobs": (
            f"{word('jobs')}, {period}", format_count(seen.jobs, significant=3),
            f"{format_pct(100 * seen.jobs / total)} of all here",
        ),
    }  # fmt: skip
    return [told[name] for name in view.audience.tiles]


def lists(
    view: View, seen: Overview, found: Representation
) -> Iterable[tuple[str, list[tuple[str, str, str]], str]]:
    """Four short lists of in-demand occupations in the audience's order, each entry a link on."""
    years = view.desk.sources.set_index("id").period["bls_ep"]
    kinds: dict[str, tuple[str, str, Callable[[float], str], str]] = {
        "growing": ("growing", "growth_pct", lambda v: format_pct(v, signed=True),
                    f"The nation's projected growth, {years}."),
        "paying": ("paying", "wage_median_usd_year", format_money,
                   "Median pay here a year; pay with an error above 20% is left out."),
        "gap": ("supply_gap_list", "supply_gap", lambda v: f"{format_count(v, significant=2)} a year",
                "Openings less completions; graduates split over occupations, estimated."),
    }  # fmt: skip
    for name in view.audience.lists:
        if name == "share":
            yield from [] if view.area.outside_cps else _widest_gaps(view, found)
            continue
        word, column, words, remark = kinds[name]
        page = "training" if name == "gap" else "occupation"
        items = [
            (brief(view, title), address.link(page, soc=soc), words(value))
            for soc, title, value in seen.leaders[column]
        ]
        if items:
            yield view.word(word), items, remark


def _widest_gaps(view: View, found: Representation) -> Iterable[tuple[str, list[tuple[str, str, str]], str]]:
    """The widest gaps of the group in the address, if there are any."""
    group = view.usual_group
    rows = loaders.shares_of(view.key, found, view.base_request, view.usual_baseline, group)
    rows = rows[["soc", "title", "share_pct", "gap_pp", "baseline_pct"]]  # of a hundred columns
    rows = rows[rows.share_pct.notna() & (rows.gap_pp < 0)].head(4)
    name = GROUP_BY_ID[group].name
    same = {"group": group, "base": view.usual_baseline}  # so that the page linked to shows the same
    same = {part: value for part, value in same.items() if part in view.audience.defaults}
    items = [
        (
            brief(view, str(row.title)),
            address.link("representation", soc=str(row.soc), **same),
            format_pct(row.share_pct),
        )
        for row in rows.itertuples()
    ]
    if items:
        against = format_pct(rows.baseline_pct.iloc[0]) if found.baseline.shares else "their group"
        yield (
            f"{view.word('share_gap_list')}: {name.lower() if group == 'women' else name}",
            items,
            (f"National share in the job (CPS), against {against}."),
        )
