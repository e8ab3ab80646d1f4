"""The charts of people and skills, each made from the five rows that every chart's test shares."""

from collections.abc import Callable

import pandas as pd

from lmi.presentation import charts
from lmi.presentation.frame import Frame

_GROUPS = [("women", "Women"), ("black", "Black or African American")]
_SOCS = [("29-1141", "Registered Nurses"), ("31-9092", "Medical Assistants")]


def _given(rows: pd.DataFrame, values: dict[str, list[object]]) -> pd.DataFrame:
    return rows.assign(**{name: column[: len(rows)] for name, column in values.items()})


def _shares(rows: pd.DataFrame, frame: Frame) -> charts.Chart:
    given = _given(rows, {
        "share_pct": [3.5, 3.1, 8.0, 86.0, None], "share_low": [2.5, 2.0, 6.0, 84.0, None],
        "share_high": [4.5, 4.0, 10.0, 88.0, None], "baseline_pct": [47.1] * 5,
        "gap_pp": [-43.6, -44.0, -39.1, 38.9, None], "published_for": list(rows["title"]),
        "match": ["own", "wider", "group", "joined", "own"],
    })  # fmt: skip
    chosen = list(rows["soc"].head(1))
    return charts.share_dots(given, frame, group_name="Women", baseline_name="All employed", selected=chosen)


def _heat(rows: pd.DataFrame, frame: Frame) -> charts.Chart:
    given = _given(
        rows, {"gap_women": [-43.6, -44.0, 8.0, 0.0, None], "gap_black": [1.0, 2.0, 3.0, 4.0, 5.0]}
    )
    return charts.gap_heat(given, frame, groups=_GROUPS)


def _ladder(rows: pd.DataFrame, frame: Frame) -> charts.Chart:
    given = _given(rows.rename(columns={"title": "rung"}), {
        "jobs": [100, 200, 300, 400, None], "women_pct": [38.2, 55.1, None, 61.3, 50.4],
        "black_pct": [14.8, 15.0, 12.0, 9.7, None],
    })  # fmt: skip
    return charts.ladder_lines(given, frame, groups=_GROUPS, baseline={"women": 47.1})


def _pipeline(rows: pd.DataFrame, frame: Frame) -> charts.Chart:
    given = _given(rows, {
        "program_pct": [7.5, 84.0, None, 12.0, None], "job_pct": [3.5, 86.0, 1.8, None, None],
        "awards": [120, 1, 20, 5, None],
    })  # fmt: skip
    return charts.pipeline_dots(given, frame)


def _elements(rows: pd.DataFrame) -> pd.DataFrame:
    return _given(rows.rename(columns={"title": "element_name"}), {
        "kind": ["Skill", "Knowledge", "Skill", "Skill", "Skill"], "importance": [4.6, 4.0, 3.0, 1.0, None],
        "mean_importance": [2.4, 3.0, 3.2, 2.0, 3.3], "distinct": [True, False, False, False, False],
        "level_from": [3.0, 3.4, 4.6, 1.0, None], "level_to": [4.0, 5.2, 3.8, 1.0, 4.4],
        "importance_to": [3.0, 4.5, 3.5, 1.0, 4.0], "contribution": [3.0, 8.1, 0.0, 0.0, None],
        "importance_29-1141": [4.6, 4.0, 3.0, 1.0, None], "importance_31-9092": [1.0, None, 2.0, 5.0, 3.0],
    })  # fmt: skip


def _education(rows: pd.DataFrame, frame: Frame) -> charts.Chart:
    given = _given(
        rows.rename(columns={"title": "category_label"}), {"share_pct": [2.1, 4.9, 47.5, 13.0, None]}
    )
    return charts.education_bars(given, frame)


def _gaps(rows: pd.DataFrame, frame: Frame) -> charts.Chart:
    first = str(next(iter(rows["title"]), "Medical Assistants"))
    return charts.skill_gap_bars(_elements(rows), frame, start=first, goal="Registered Nurses")


PEOPLE: dict[str, Callable[[pd.DataFrame, Frame], charts.Chart]] = {
    "shares": _shares,
    "heat": _heat,
    "ladder": _ladder,
    "pipeline": _pipeline,
    "importance": lambda rows, frame: charts.importance_bars(_elements(rows), frame),
    "skill gap": _gaps,
    "skill matrix": lambda rows, frame: charts.skill_matrix(_elements(rows), frame, occupations=_SOCS),
    "education": _education,
}
