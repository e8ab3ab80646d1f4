"""The demand ranking of an area: filter by skill first, rank second, judge by the rule in use."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from lmi.analysis import criteria, demand, tristate
from lmi.analysis.criteria import Verdicts
from lmi.answers import local
from lmi.answers.adjusted import Critical
from lmi.answers.desk import Desk
from lmi.answers.local import Local
from lmi.answers.options import known
from lmi.answers.outcome_words import sessions
from lmi.answers.supply import COLUMNS, Supply, levels_of, supply
from lmi.domain.selection import Request


@dataclass(frozen=True)
class Ranking:
    """The ranked rows (best first) of one request and how they were judged.

    rows: local rows plus demand_score, demand_rank, rank_low, rank_high, pct_*, rank_note and
    in_demand (True, False, None = cannot be decided). verdicts: the rule's answers over
    local.detailed; position: soc -> row there. left_out: rows of the skill rule that the pay filter
    could not judge because their pay is not published. undecided: rows whose skill is unknown. supply:
    completions against openings, by the request's method and award levels. employers: what they called
    critical here; see lmi.answers.adjusted.
    """

    request: Request
    local: Local
    rows: pd.DataFrame
    verdicts: Verdicts
    position: dict[str, int]
    left_out: int
    undecided: int
    supply: Supply
    employers: Mapping[str, Critical] = field(default_factory=dict)

    @cached_property
    def in_demand(self) -> pd.DataFrame:
        """The ranked rows that meet the rule."""
        met = np.array([value is True for value in self.rows.in_demand], dtype=bool)
        return self.rows[met]

    def evidence(self, soc: str) -> list[dict[str, object]]:
        """Every criterion of the rule for one occupation. That on employers names the convenings."""
        found = self.verdicts.evidence(self.position[soc])
        said = self.employers.get(soc)
        for item, answer in zip(found, self.verdicts.answers, strict=True):
            if answer.criterion.field == "employers_critical":
                item["source"] = sessions(said.rows) if said else "No convening on record"
        return found


def rank(desk: Desk, request: Request) -> Ranking:
    """Answer a request. BadInput for an unknown area, rule or weight."""
    here = local.load(desk, desk.area(request.area_code), request.living_wage_usd_hour)
    levels = levels_of(request.skill_rule, request.award_levels)
    supplied = supply(desk, here, request.supply_method, levels)
    extra = supplied.rows[["soc", *COLUMNS]].set_index("soc").reindex(here.detailed.soc)
    here = replace(here, detailed=here.detailed.assign(**{c: extra[c].to_numpy() for c in COLUMNS}))
    detailed = here.detailed
    verdicts = judge(desk, here, request.demand_rule)
    skilled = skill_verdict(desk, here, request.skill_rule)
    keep = skilled == tristate.TRUE
    undecided = int((skilled == tristate.UNKNOWN).sum())
    if request.categories:
        keep &= detailed.major_group.isin(request.categories).to_numpy(dtype=bool)
    if request.educations:
        keep &= detailed.typical_education.isin(request.educations).to_numpy(dtype=bool)
    left_out = 0
    if request.wage_min_usd_year:
        pay = detailed.wage_median_usd_year.to_numpy(dtype=float)
        left_out = int((keep & np.isnan(pay)).sum())
        keep &= np.nan_to_num(pay) >= request.wage_min_usd_year
    judged = detailed.assign(
        in_demand=pd.Series([tristate.to_python(v) for v in verdicts.verdict], dtype=object)
    )
    ranked = demand.rank_demand(judged[keep], dict(request.weights))
    position = {soc: i for i, soc in enumerate(detailed.soc)}
    employers = desk.adjustments.critical(here.area)
    return Ranking(request, here, ranked, verdicts, position, left_out, undecided, supplied, employers)


def judge(desk: Desk, here: Local, rule_id: str) -> Verdicts:
    """The in-demand verdict over all detailed occupations, employer exceptions included."""
    rule = desk.demand_rules[known(rule_id, desk.demand_rules.ids(), "rule")]
    found = criteria.evaluate(here.detailed, rule, here.context)
    verdict = criteria.with_exceptions(
        found.verdict, here.detailed.soc, here.area.code, desk.settings.exceptions
    )
    return Verdicts(rule, verdict, found.answers)


def skill_verdict(desk: Desk, here: Local, rule_id: str) -> tristate.Tri:
    """Whether each detailed occupation is middle-skill by a rule; 'all' keeps every one."""
    if rule_id == "all":
        return np.ones(len(here.detailed), dtype=np.int8)
    rule = desk.skill_rules[known(rule_id, [*desk.skill_rules.ids(), "all"], "skill rule")]
    return criteria.evaluate(here.detailed, rule, here.context).verdict


@dataclass(frozen=True)
class Robustness:
    """Which occupations hold under which rules.

    demand: soc, title, one column per in-demand rule holding True, False or None; passed: number of
    rules met; every_rule: all rules of decided_rules met. skill: the same for the middle-skill rules.
    decided_rules: rules for whose every criterion some figure exists here; the others can be failed
    but not met.
    """

    demand: pd.DataFrame
    skill: pd.DataFrame
    decided_rules: tuple[str, ...]


def robustness(desk: Desk, ranking: Ranking) -> Robustness:
    """Every in-demand rule and every skill rule over the ranked occupations."""
    here = ranking.local
    place = [ranking.position[soc] for soc in ranking.rows.soc]
    base = ranking.rows[["soc", "title"]].reset_index(drop=True)
    demand_marks, skill_marks = base.copy(), base.copy()
    decided = []
    for rule in desk.demand_rules.rules:
        found = judge(desk, here, rule.id)
        demand_marks[rule.id] = pd.Series([tristate.to_python(v) for v in found.verdict[place]], dtype=object)
        if not any((answer.verdict == tristate.UNKNOWN).all() for answer in found.answers):
            decided.append(rule.id)
    for rule in desk.skill_rules.rules:
        verdict = skill_verdict(desk, here, rule.id)[place]
        skill_marks[rule.id] = pd.Series([tristate.to_python(v) for v in verdict], dtype=object)
    records = demand_marks.to_dict("records")
    demand_marks["passed"] = [sum(row[i] is True for i in desk.demand_rules.ids()) for row in records]
    demand_marks["every_rule"] = [bool(decided) and all(row[i] is True for i in decided) for row in records]
    return Robustness(demand_marks, skill_marks, tuple(decided))
