"""Pathways, routes and neighbours as the command line prints them."""

from typing import Any

import pandas as pd

from lmi.answers.export import plain
from lmi.answers.pathway import PathwayAnswer, pathway_answer
from lmi.answers.pathways import Network, of_moves
from lmi.answers.routes import Neighbours, RouteAnswer, Routes
from lmi.domain.codes import NATION
from lmi.domain.groups import GROUPS
from lmi.domain.settings import Audience


def pathways_json(found: Network, audience: Audience) -> list[dict[str, Any]]:
    """Every pathway with its figures here, in the order of the file. An audience changes which moves are
    listed (the retired ones are for those who edit) and the words, never a figure."""
    clusters = {c.id: c.name for c in found.map.clusters}
    return [
        _pathway(found, pathway_answer(found, pathway), clusters[pathway.cluster], audience)
        for pathway in found.map.pathways
    ]


def _pathway(found: Network, answer: PathwayAnswer, cluster: str, audience: Audience) -> dict[str, Any]:
    pathway = answer.pathway
    socs = {step.soc for step in pathway.live_steps}
    crossing = of_moves(found, found.map.crossovers_of(socs))
    return {
        "pathway": pathway.id, "title": pathway.name, "cluster": cluster, "about": pathway.about,
        "in_demand": answer.in_demand, "targets": list(pathway.targets), "entry_points": list(answer.entries),
        "steps": [_step(row) for _, row in answer.steps.iterrows()],
        "moves": [_move(found, row) for _, row in answer.moves.iterrows()],
        "crossovers": [_move(found, row) for _, row in crossing.iterrows()],
        "ways": [
            {"stops": list(way.stops), "months_low": plain(way.months[0]), "months_high": plain(way.months[1]),
             "moves_without_time": way.unknown}
            for way in answer.ways
        ],
        "rungs": [_rung(row) for _, row in answer.rungs.iterrows()],
        "version": {"name": found.map.version.name, "status": found.map.version.status},
        "audience": audience.id, "area": found.area.code, "figures": figure_notes(found),
    }  # fmt: skip


def figure_notes(found: Network) -> dict[str, dict[str, str]]:
    """Where the figures of pathways come from: source, period, geography and basis of each."""
    about = found.desk.sources.set_index("id")
    place, nation = found.area.name, "United States"

    def told(source: str, area: str, basis: str) -> dict[str, str]:
        return {
            "source": str(about.short_title[source]), "period": str(about.period[source]), "geography": area,
            "basis": basis,
        }  # fmt: skip

    openings = "published" if found.area.code == NATION else "estimated"
    return {
        "wage_median_usd_year": told("bls_oews", place, "published"),
        "pay_ratio": told("bls_oews", place, "estimated"),
        "openings_per_year": told("bls_ep", place, openings),
        "skill_similarity": told("onet", nation, "estimated"),
        "shares": told("bls_cps", nation, "estimated"),
    }


def _step(row: pd.Series) -> dict[str, Any]:
    return {
        "soc": row.soc, "title": row.title, "stage": row.stage,
        "wage_median_usd_year": plain(row.pay), "wage_at_least": bool(row.pay_top_coded),
        "openings_per_year": plain(row.openings, 1), "in_demand": row.in_demand,
    }  # fmt: skip


def _move(found: Network, row: pd.Series) -> dict[str, Any]:
    here = row.pay_area == "here"
    told = {
        "from": row.start, "to": row.goal, "status": row.status,
        "pay_ratio": plain(row.pay_ratio, 3) if here else None,
        "pay_ratio_nation": None if here else plain(row.pay_ratio, 3),
        "skill_similarity": plain(row.skill_similarity, 3), "skill_gap_pct": plain(row.skill_gap_pct, 1),
        "job_zone_step": plain(row.zone_step), "education_step": plain(row.education_step),
        "openings_at_target": plain(row.openings, 1), "reading": row.reading, "reasons": found.reasons(row),
        "kind": row.kind, "months_low": plain(row.months_low), "months_high": plain(row.months_high),
        "credential": row.credential, "license": row.license, "license_state": row.state,
    }  # fmt: skip
    for name in ("sources", "unchecked", "organisations"):
        if name in row.index:
            told[name] = list(row[name])
    for name in ("origin", "months_estimated", "validated_on", "note"):
        if name in row.index:
            told[name] = plain(row[name])
    return told


def _rung(row: pd.Series) -> dict[str, Any]:
    return {
        "stage": row.stage, "steps": int(row.steps), "wage_low_usd_year": plain(row.pay_low),
        "wage_high_usd_year": plain(row.pay_high), "wages_not_published": int(row.pay_missing),
        "openings_per_year": plain(row.openings, 1),
        "shares_pct": {group.id: plain(row[f"{group.id}_pct"], 1) for group in GROUPS},
        "missing_groups": list(row.missing),
    }  # fmt: skip


def routes_json(found: Network, answer: Routes) -> dict[str, Any]:
    """The best ways by time, pay and steps."""
    return {
        "from": answer.start, "to": answer.goal, "area": found.area.code,
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
    return _step(found.node(other).rename_axis(None).copy().pipe(_with_soc, other)) | _move(found, row)


def _with_soc(row: pd.Series, soc: str) -> pd.Series:
    return pd.concat([pd.Series({"soc": soc}), row])
