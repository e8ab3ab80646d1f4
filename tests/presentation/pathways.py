"""Pathways to draw: the shape of what the map is given, with every state that a figure can have."""

from itertools import pairwise

import pandas as pd

from lmi.domain.settings import MapDetail
from lmi.presentation import charts
from lmi.presentation.frame import Frame

COLUMNS = (
    ("entry", "Start", "no more than high school"),
    ("trained", "Trained", "a certificate, or months of training"),
    ("skilled", "Skilled", "a license, or years of experience"),
    ("advanced", "Advanced", "a bachelor's degree, or leading others"),
)
WORDS = {
    "move_proposed": "Proposed", "move_validated": "Validated", "move_suggested": "Suggested",
    "reading_advance": "Step up", "reading_lateral": "Step across", "reading_sideways": "Sideways",
    "reading_leap": "Big jump", "reading_not_rated": "Cannot tell", "in_demand": "In demand",
    "median_pay": "Median pay", "openings_a_year": "Openings a year",
}  # fmt: skip
DETAIL = MapDetail(pay=True, demand=True, openings=True, times=True, suggested=True, most=30)
STAGES = tuple(stage for stage, _, _ in COLUMNS)


def node(soc: str, title: str, stage: str, **known: object) -> dict[str, object]:
    """One occupation; pay, openings and demand unless said otherwise."""
    row = {
        "soc": soc, "title": title, "stage": stage, "pay": 60_390.0, "pay_top_coded": False,
        "openings": 726.0, "in_demand": True, "target": False, "origin": "pathway",
    }  # fmt: skip
    return row | known


def move(start: str, goal: str, **known: object) -> dict[str, object]:
    """One proposed advance unless said otherwise."""
    row = {
        "start": start, "goal": goal, "status": "proposed", "reading": "advance", "kind": "advance",
        "pay_ratio": 1.35, "pay_area": "here", "months_low": 12.0, "months_high": 18.0, "credential": "",
        "license": "", "organisations": (), "crossover": False,
    }  # fmt: skip
    return row | known


def tables(nodes: list[dict], moves: list[dict]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both as frames, with their columns also where there are no rows."""
    return (
        pd.DataFrame(nodes, columns=list(node("", "", ""))),
        pd.DataFrame(moves, columns=list(move("", ""))),
    )


def nursing() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Three stages, every state of demand, every status, a lateral both ways, something withheld."""
    nan = float("nan")
    nodes = [
        node("31-1131", "Nursing Assistants", "entry", pay=38_550.0, openings=793.0, in_demand=False),
        node("39-9011", "Childcare Workers", "entry", pay=nan, openings=nan, in_demand=None,
             origin="neighbour"),
        node("29-2061", "Licensed Practical and Licensed Vocational Nurses", "trained", pay=64_580.0),
        node("29-1141", "Registered Nurses", "skilled", pay=97_890.0, openings=1_055.0, target=True),
        node("29-1151", "Nurse Anesthetists", "skilled", pay=239_200.0, pay_top_coded=True, openings=nan,
             in_demand=None),
    ]  # fmt: skip
    moves = [
        move("31-1131", "29-2061", status="validated", organisations=("One Hospital", "Two Hospital"),
             license="Vocational nurse license", credential="Certificate"),
        move("29-2061", "29-1141", pay_ratio=1.516),
        move("31-1131", "29-1141", status="suggested", kind="", months_low=nan, months_high=nan),
        move("31-1131", "39-9011", kind="lateral", reading="lateral", pay_ratio=nan, pay_area=""),
        move("39-9011", "31-1131", kind="lateral", reading="lateral", crossover=True, pay_area="nation"),
    ]  # fmt: skip
    return tables(nodes, moves)


def pathway(rows: pd.DataFrame, frame: Frame) -> charts.Chart:
    """A pathway of the rows that every chart is tested with, one after the other."""
    nodes = [
        node(row.soc, row.title, STAGES[k % 4], pay=row.wage_median_usd_year, openings=row.openings_per_year,
             in_demand=row.in_demand, target=k == 2)
        for k, row in enumerate(rows.itertuples())
    ]  # fmt: skip
    socs = list(rows.soc)
    given = tables(nodes, [move(a, b) for a, b in pairwise(socs[:4])])
    return charts.pathway_map(*given, frame, columns=COLUMNS, words=WORDS, detail=DETAIL)
