"""The sentences of the Pathways page. They claim no more than the figures do."""

import math
from collections.abc import Sequence
from math import floor

import pandas as pd

from lmi.analysis.validated import organisations_behind
from lmi.answers.pathway import PathwayAnswer
from lmi.answers.pathways import Network
from lmi.domain.codes import POSTAL_BY_FIPS
from lmi.domain.pathways import PathwayMap
from lmi.domain.selection import sentence
from lmi.presentation import captions
from lmi.presentation.formats import format_count, format_money, format_pct, number
from lmi.ui.pictures import retrieved, source
from lmi.ui.state import View
from lmi.ui.wording import brief, rule_words

STATUS_WORDS = {
    "draft": "draft, not published yet", "published": "published", "frozen": "kept on record",
}  # fmt: skip


def answer(view: View, found: PathwayAnswer) -> str:
    """Whether the pathway leads to jobs in demand here; then one way up it: its pay and its time."""
    demand = _demand(view, found)
    pay, time = _climb(found)
    return f"{demand}{'; ' if ':' in demand else ': '}{', '.join(part for part in (pay, time) if part)}."


def _demand(view: View, found: PathwayAnswer) -> str:
    place, name = view.area.place, found.pathway.name
    verdicts = list(found.targets.values())
    if len(verdicts) == 1:
        title = brief(view, view.desk.titles[next(iter(found.targets))])
        said = demand_words(verdicts[0])
        return f"{name} leads to {title}, {said} in {place}"
    meets, unknown = sum(v is True for v in verdicts), sum(v is None for v in verdicts)
    if meets == len(verdicts):
        return f"{name} leads to {len(verdicts)} jobs in demand in {place}"
    if not unknown:
        return f"{name} leads to {len(verdicts)} jobs, {meets or 'none'} of them in demand in {place}"
    fails = len(verdicts) - meets - unknown
    counts = ((meets, "in demand"), (fails, "not in demand"), (unknown, "that cannot be judged"))
    told = ", ".join(f"{count} {word}" for count, word in counts if count)
    return f"{name} leads to {len(verdicts)} jobs in {place}: {told}"


def _climb(found: PathwayAnswer) -> tuple[str, str]:
    """What one way up the pathway pays at both ends, and how long it takes; where no such way is published,
    the highest pay of its goals and no time."""
    climb = found.climb
    if climb is not None:
        time = span(*climb.way.months)
        took = f"in {'more than' if climb.way.unknown else 'about'} {time}" if time else ""
        return f"from {format_money(climb.low)} to {_goal_pay(climb.high, climb.at_least)}", took
    steps = found.steps.set_index("soc")
    goals = steps.pay.reindex(list(found.targets)).dropna()
    if goals.empty:
        return "pay there is not published", ""
    return f"pay up to {_goal_pay(goals.max(), bool(steps.pay_top_coded[goals.idxmax()]))}", ""


def _goal_pay(pay: float, at_least: bool) -> str:
    return f"{format_money(pay, top_coded=at_least)} a year"


def finding(found: PathwayAnswer) -> str:
    """The title of the map: what one way up it pays at both ends."""
    return f"{found.pathway.name}: {_climb(found)[0]}"


def span(low: object, high: object) -> str:
    """A time of low to high months in words: '4 months', '12–18 months', '3 months to 2 years', '2–3.5
    years'; '' if unknown."""
    a, b = number(low), number(high)
    if a is None or b is None or math.isnan(a) or math.isnan(b):
        return ""
    if b <= 24:
        return f"{_pair(f'{a:g}', f'{b:g}')} {'month' if a == b == 1 else 'months'}"
    first, last = (f"{floor(months / 6 + 0.5) / 2:g}" for months in (a, b))
    if 0 < a < 12:
        return f"{a:g} {'month' if a == 1 else 'months'} to {last} years"
    return f"{_pair(first, last)} years"


def _pair(low: str, high: str) -> str:
    return low if low == high else f"{low}–{high}"


def selection(view: View, found: PathwayAnswer) -> str:
    """What is shown, in the words of exports."""
    rule = rule_words(view.desk.demand_rules[view.request.demand_rule].name)
    return sentence(view.area, found.pathway.name, f"in demand by the {rule}")


def standing(held: PathwayMap, found: PathwayAnswer, every: Sequence[PathwayAnswer]) -> str:
    """What employers have said of the moves so far, which version this is, and how many are in demand."""
    meets = sum(one.in_demand is True for one in every)
    return (
        f"{_validated(found)} {captions.counted(meets, 'pathway')} of {len(every)} "
        f"{'is' if meets == 1 else 'are'} in demand here. "
        f"Version {held.version.name} ({STATUS_WORDS[held.version.status]})."
    )


def _validated(found: PathwayAnswer) -> str:
    moves = found.pathway.live_moves
    checked = sum(move.status == "validated" for move in moves)
    if not checked:
        return f"Proposed: no employer has validated any of these {len(moves)} moves yet."
    firms, at_least = organisations_behind(moves)
    whose = f"{'at least ' if at_least else ''}{captions.counted(firms, 'organization')}"
    others = "; the others are proposed" if checked < len(moves) else ""
    return f"{checked} of {captions.counted(len(moves), 'move')} validated by {whose}{others}."


def source_line(view: View, held: PathwayMap) -> str:
    """Where pay, openings, skills and the moves come from."""
    desk, area = view.desk, view.area
    oews, ep, onet = (source(desk, name) for name in ("bls_oews", "bls_ep", "onet"))
    uses = [
        (oews, "published pay"), (ep, "published openings" if area.code == "US" else "national rates"),
        (onet, "skills"),
    ]  # fmt: skip
    notes = [] if area.code == "US" else ["Openings estimated by this project: jobs here × national rates."]
    if area.type == "custom":
        notes.append("Pay is the employment-weighted mean over the region's areas.")
    notes.append(f"Steps and moves: pathways.yaml, version {held.version.name} ({held.version.status}).")
    return captions.source_line(uses, notes, retrieved(desk))


def pay_words(row: pd.Series) -> str:
    """'$60,390', '≥ $239,200' or 'pay not published'."""
    pay = number(row.pay)
    if pay is None:
        return "pay not published"
    return format_money(pay, top_coded=bool(row.pay_top_coded))


def openings_words(view: View, row: pd.Series) -> str:
    """'726 openings a year', or that they cannot be estimated."""
    openings = number(row.openings)
    if openings is None:
        return f"{view.word_inside('openings_a_year')} not published"
    return f"{format_count(openings)} {view.word_inside('openings_a_year')}"


def demand_words(value: object) -> str:
    """'in demand', 'not in demand', or that it cannot be judged."""
    return {True: "in demand", False: "not in demand"}.get(value, "demand cannot be judged")  # type: ignore[call-overload]


def targets_words(found: PathwayAnswer) -> str:
    """Of a pathway: 'in demand', or how many of the jobs it leads to are."""
    verdicts = list(found.targets.values())
    if found.in_demand or len(verdicts) == 1:
        return demand_words(found.in_demand)
    unknown = sum(value is None for value in verdicts)
    rest = f", {unknown} cannot be judged" if unknown else ""
    return f"{sum(value is True for value in verdicts)} of {len(verdicts)} in demand{rest}"


def pay_change(move: pd.Series) -> str:
    """'pays 68% more', where both pays are published; of the nation if not here."""
    ratio = number(move.pay_ratio)
    if ratio is None:
        return "change in pay not published"
    change = 100 * (ratio - 1)
    where = "" if move.pay_area == "here" else " in the nation"
    bound = ("at least " if change > 0 else "at most ") if bool(move.get("pay_at_least")) else ""
    if abs(change) < 0.5:
        return f"pays about the same{where}"
    return f"pays {bound}{format_pct(abs(change), decimals=0)} {'more' if change > 0 else 'less'}{where}"


def licence_words(move: pd.Series) -> str:
    """The license a move takes, and whose rule it is."""
    if not move.license:
        return ""
    return f"{move.license} ({move.state} rule)" if move.state else str(move.license)


def license_note(view: View, moves: pd.DataFrame) -> str:
    """Whose licenses are named, where this is another state or the nation; '' where they are of here."""
    states = sorted({state for state in moves.state if state})
    here = {POSTAL_BY_FIPS.get(code) for code in view.area.state_codes}
    others = [state for state in states if here != {state}]
    if not others:
        return ""
    names = " and ".join(others)
    return f"Licenses are named by the rules of {names}; in another state, ask the board that gives them."


def reading_word(view: View, move: pd.Series) -> str:
    """How the move reads, in the audience's words."""
    return view.word(f"reading_{move.reading}")


def status_word(view: View, move: pd.Series) -> str:
    """Proposed, validated or suggested, in the audience's words; with the day and by how many."""
    word = view.word(f"move_{move.status}")
    if move.status != "validated":
        return word
    return f"{word}, {move.validated_on}: {', '.join(move.organisations)}" if "validated_on" in move else word


def network_caveats(found: Network) -> list[str]:
    """What the figures of moves can and cannot say."""
    return [
        "Pay is the median of all who hold the job here, not what somebody is offered at the start.",
        "Skill similarity is the cosine of O*NET's importance × level ratings; "
        f"{found.rule.similarity_cut:.2f} or more counts as alike (mean less one standard deviation inside "
        "SOC minor groups).",
        "Times are typical, learning and the experience asked for included; people differ.",
    ]
