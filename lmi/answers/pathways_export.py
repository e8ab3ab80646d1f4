"""Pathways, routes and neighbours as the command line prints them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lmi.answers import legs
from lmi.answers.export import plain
from lmi.answers.pathway import PARITY, PathwayAnswer, pathway_answer
from lmi.answers.pathways import Network, between, of_moves
from lmi.answers.routes import Neighbours, RouteAnswer, Routes
from lmi.domain.codes import NATION
from lmi.domain.groups import GROUPS
from lmi.domain.settings import Audience

_NATION_NAME = "United States"


def pathways_json(found: Network, audience: Audience) -> list[dict[str, Any]]:
    """Every pathway with its figures here, in the order of the file. An audience changes the words and
    whether suggested moves are listed, never a figure."""
    clusters = {c.id: c.name for c in found.map.clusters}
    notes = figure_notes(found)
    return [
        _pathway(found, pathway_answer(found, pathway), clusters[pathway.cluster], audience)
        | {"figures": notes}
        for pathway in found.map.pathways
    ]


def _pathway(found: Network, answer: PathwayAnswer, cluster: str, audience: Audience) -> dict[str, Any]:
    pathway, words = answer.pathway, audience.words
    socs = {step.soc for step in pathway.live_steps}
    crossing = of_moves(found, found.map.crossovers_of(socs))
    computed = between(found, sorted(socs), socs) if audience.map.suggested else found.suggested.iloc[:0]
    computed = legs.computed(computed)
    return {
        "pathway": pathway.id, "title": pathway.name, "cluster": cluster, "cluster_id": pathway.cluster,
        "about": pathway.about, "in_demand": answer.in_demand,
        "in_demand_in_words": words[_DEMAND[answer.in_demand]],
        "targets": list(pathway.targets), "entry_points": list(answer.entries),
        "steps": [_step(row, words) for _, row in answer.steps.iterrows()],
        "moves": [_move(found, row, words) for _, row in answer.moves.iterrows()],
        "crossovers": [_move(found, row, words) for _, row in crossing.iterrows()],
        "suggested": [_move(found, row, words) for _, row in computed.iterrows()],
        "ways": [
            {"stops": list(way.stops), "months_low": plain(way.months[0]),
             "months_high": plain(way.months[1]), "moves_without_time": way.unknown}
            for way in answer.ways
        ],
        "rungs": [_rung(row) for _, row in answer.rungs.iterrows()],
        "version": {"name": found.map.version.name, "status": found.map.version.status,
                    "date": found.map.version.date},
        "audience": audience.id, "area": found.area.code,
    }  # fmt: skip


_DEMAND: Mapping[bool | None, str] = {True: "demand_yes", False: "demand_no", None: "demand_unknown"}


def figure_notes(found: Network) -> dict[str, dict[str, str]]:
    """Where the figures of pathways come from: source, period, geography and basis of each."""
    about = found.desk.sources.set_index("id")
    place, version = found.area.name, found.map.version
    union = found.area.type == "custom"

    def told(source: str, area: str, basis: str, note: str = "") -> dict[str, str]:
        """One block; the source by its id."""
        return {
            "source": str(about.short_title[source]), "period": str(about.period[source]), "geography": area,
            "basis": basis, "note": note,
        }  # fmt: skip

    rule, cut = found.desk.demand_rules[found.demand_rule].name, found.rule.similarity_cut
    baseline = f"Held against all employed people in the nation; missing: below {PARITY} of their share."
    mean = "Employment-weighted mean over the areas that publish jobs and pay." if union else ""
    rates = "" if found.area.code == NATION else "Jobs here x the nation's rates."
    return {
        "wage_median_usd_year": told("bls_oews", place, "estimated" if union else "published", mean),
        "pay_ratio": told("bls_oews", place, "estimated", "Median at the goal over median at the start."),
        "pay_ratio_nation": told("bls_oews", _NATION_NAME, "estimated", "Where none can be had here."),
        "openings_per_year": told("bls_ep", place, "estimated" if rates else "published", rates),
        "in_demand": told("bls_oews", place, "estimated", f"By the rule: {rule}."),
        "skill_similarity": told("onet", _NATION_NAME, "estimated", f"Alike from {cut:.3f} on."),
        "months_estimated": told("onet", _NATION_NAME, "estimated", "From job zones and schooling."),
        "shares": told("bls_cps", _NATION_NAME, "estimated", f"National shares on jobs here. {baseline}"),
        "months": {
            "source": f"pathways.yaml, version {version.name} ({version.status})", "period": version.date,
            "geography": _NATION_NAME, "basis": "published",
            "note": "Typical times; each move names its sources, or what is unchecked.",
        },
    }  # fmt: skip


def _step(row: pd.Series, words: Mapping[str, str] | None = None) -> dict[str, Any]:
    told = {
        "soc": row.soc, "title": row.title, "stage": row.stage,
        "wage_median_usd_year": plain(row.pay), "wage_at_least": bool(row.pay_top_coded),
        "openings_per_year": plain(row.openings, 1), "in_demand": row.in_demand,
    }  # fmt: skip
    if words:
        told["stage_in_words"] = words[f"stage_{row.stage}"]
        told["in_demand_in_words"] = words[_DEMAND[row.in_demand]]
    return told


def _move(found: Network, row: pd.Series, words: Mapping[str, str] | None = None) -> dict[str, Any]:
    here = row.pay_area == "here"
    told = {
        "from": row.start, "to": row.goal, "status": row.status,
        "pay_ratio": plain(row.pay_ratio, 3) if here else None,
        "pay_ratio_nation": None if here else plain(row.pay_ratio, 3),
        "pay_ratio_at_least": bool(row.pay_at_least),
        "skill_similarity": plain(row.skill_similarity, 3), "skill_gap_pct": plain(row.skill_gap_pct, 1),
        "job_zone_step": plain(row.zone_step), "education_step": plain(row.education_step),
        "openings_at_target": plain(row.openings, 1), "reading": row.reading, "reasons": found.reasons(row),
    }  # fmt: skip
    if words:
        told["reading_in_words"] = words[f"reading_{row.reading}"]
        told["status_in_words"] = words[f"move_{row.status}"]
    for name in ("sources", "unchecked", "organisations"):
        if name in row.index:
            told[name] = list(row[name])
    for name in ("kind", "months_low", "months_high", "months_estimated", "credential", "license", "origin",
                 "validated_on", "note"):  # fmt: skip
        if name in row.index:
            told[name] = plain(row[name])
    if "state" in row.index:
        told["license_state"] = row.state
    return told


def _rung(row: pd.Series) -> dict[str, Any]:
    return {
        "stage": row.stage, "steps": int(row.steps), "wage_low_usd_year": plain(row.pay_low),
        "wage_high_usd_year": plain(row.pay_high), "wages_not_published": int(row.pay_missing),
        "openings_per_year": plain(row.openings, 1), "openings_not_known": int(row.openings_missing),
        "shares_pct": {group.id: plain(row[f"{group.id}_pct"], 1) for group in GROUPS},
        "missing_groups": list(row.missing), "groups_without_share": list(row.untold),
    }  # fmt: skip


def routes_json(found: Network, answer: Routes) -> dict[str, Any]:
    """The best ways by time, pay and steps; empty lists where there is none of at most six moves."""
    return {
        "from": answer.start, "to": answer.goal, "from_title": found.title(answer.start),
        "to_title": found.title(answer.goal), "area": found.area.code,
        "routes": {by: [_route(found, way) for way in ways] for by, ways in answer.best.items()},
        "figures": figure_notes(found),
    }  # fmt: skip


def _route(found: Network, way: RouteAnswer) -> dict[str, Any]:
    return {
        "steps": len(way.legs), "months_low": plain(way.months[0]), "months_high": plain(way.months[1]),
        "moves_without_time": way.unknown, "time_estimated": way.estimated,
        "lowest_wage_usd_year": plain(way.lowest_pay),
        "stops": [_step(row) for _, row in way.stops.iterrows()],
        "moves": [_move(found, row) for _, row in way.legs.iterrows()],
    }  # fmt: skip


def neighbours_json(found: Network, answer: Neighbours) -> dict[str, Any]:
    """Where one can go from an occupation, and how people get there."""
    return {
        "soc": answer.soc, "title": found.title(answer.soc), "area": found.area.code,
        "next": [_neighbour(found, row, row.goal) for _, row in answer.onward.iterrows()],
        "before": [_neighbour(found, row, row.start) for _, row in answer.before.iterrows()],
        "figures": figure_notes(found),
    }  # fmt: skip


def _neighbour(found: Network, row: pd.Series, other: str) -> dict[str, Any]:
    """The occupation at the other end, and the move."""
    return _step(pd.concat([pd.Series({"soc": other}), found.node(other)])) | _move(found, row)
