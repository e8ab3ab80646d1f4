"""The answers on pathways as tables for a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from lmi.analysis.routes import MOST_STEPS
from lmi.answers.export import as_text

_ORDERS = {"time": "By time", "pay": "By pay on the way", "steps": "By fewest steps"}
Answer = Mapping[str, Any]


def of_list(pathways: Sequence[Answer]) -> str:
    """Every pathway: whether it is in demand, its steps, its moves. pathways: as pathways_json gives."""
    return "\n".join(_pathway(pathway) for pathway in pathways) or "nothing found\n"


def _pathway(pathway: Answer) -> str:
    parts = [
        f"{pathway['title']} ({pathway['cluster']}): {pathway['in_demand_in_words']}\n",
        as_text([_step(step) for step in pathway["steps"]]),
        "moves\n" + as_text([_move(move) for move in [*pathway["moves"], *pathway["crossovers"]]]),
    ]
    if pathway["suggested"]:
        parts.append("suggested moves\n" + as_text([_move(move) for move in pathway["suggested"]]))
    return "".join(parts)


def of_routes(answer: Answer) -> str:
    """The best ways by each order. answer: as routes_json gives."""
    head = f"From {answer['from_title']} ({answer['from']}) to {answer['to_title']} ({answer['to']})\n"
    if not any(answer["routes"].values()):
        return f"{head}No way of at most {MOST_STEPS} moves is known.\n"
    lines = [head]
    for by, ways in answer["routes"].items():
        lines.append(f"\n{_ORDERS[by]}\n")
        for number, way in enumerate(ways, 1):
            lowest = way["lowest_wage_usd_year"]
            pay = "not published for every job" if lowest is None else f"${lowest:,}"
            moves = f"{way['steps']} {'move' if way['steps'] == 1 else 'moves'}"
            untold = f", {way['moves_without_time']} without a time" if way["moves_without_time"] else ""
            time = _months(way) + (", partly estimated" if way["time_estimated"] else "") + untold
            lines.append(f"{number}. {moves}; months: {time}; lowest pay on the way: {pay}\n")
            lines += [f"   {step['soc']} {step['title']}\n" for step in way["stops"]]
    return "".join(lines)


def of_neighbours(answer: Answer) -> str:
    """Where an occupation leads, and how people get there. answer: as neighbours_json gives."""
    parts = [f"{answer['title']} ({answer['soc']})\n"]
    for key, heading in (("next", "Where it leads"), ("before", "How people get there")):
        rows = [_step(row) | _move(row) for row in answer[key]]
        kept = [{k: v for k, v in row.items() if k not in {"from", "to", "stage"}} for row in rows]
        parts.append(f"\n{heading}\n{as_text(kept)}")
    return "".join(parts)


def _step(step: Answer) -> dict[str, Any]:
    pay = step["wage_median_usd_year"]
    bound = "at least " if step["wage_at_least"] else ""
    demand = {True: "yes", False: "no", None: "unknown"}[step["in_demand"]]
    return {
        "soc": step["soc"], "title": step["title"], "stage": step["stage"],
        "pay a year": "not published" if pay is None else f"{bound}${pay:,}",
        "openings a year": step["openings_per_year"], "in demand": demand,
    }  # fmt: skip


def _move(move: Answer) -> dict[str, Any]:
    here, wide = move["pay_ratio"], move["pay_ratio_nation"]
    ratio = f"{here}" if here is not None else "–" if wide is None else f"{wide} (nation)"
    return {
        "from": move["from"], "to": move["to"], "status": move["status"],
        "reading": move.get("reading_in_words", move["reading"]), "pay ratio": ratio,
        "skill similarity": move["skill_similarity"], "months": _months(move),
    }  # fmt: skip


def _months(timed: Answer) -> str:
    low, high = timed.get("months_low"), timed.get("months_high")
    if low is None:
        return "–"
    return f"{low}" if high is None or high == low else f"{low}–{high}"
