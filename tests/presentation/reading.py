"""Read a figure as people do: the texts on it, and what its marks say."""

import json
import re
from html import unescape

import plotly.graph_objects as go

from lmi.presentation.frame import Chart


def specification(figure: go.Figure) -> dict:
    """The figure as it goes to the browser, without the house template."""
    spec = json.loads(figure.to_json())
    spec["layout"].pop("template")
    return spec


def annotations(chart: Chart, name: str) -> list[str]:
    """Texts of that name as they read on screen, line breaks as spaces."""
    found = [a.text for a in chart.figure.layout.annotations if a.name == name]
    return [unescape(re.sub("<br>", " ", text)) for text in found]


def annotation(chart: Chart, name: str) -> str:
    """The one text of that name."""
    (text,) = annotations(chart, name)
    return text


def traces(chart: Chart, name: str) -> list:
    """All traces of that name."""
    return [t for t in chart.figure.data if t.name == name]


def trace(chart: Chart, name: str):
    """The one trace of that name."""
    (found,) = traces(chart, name)
    return found


def shapes(chart: Chart, name: str) -> list:
    """All shapes of that name."""
    return [s for s in chart.figure.layout.shapes if s.name == name]


def all_texts(chart: Chart) -> list[str]:
    """Every text Plotly would render, still escaped."""
    texts = [a.text or "" for a in chart.figure.layout.annotations]
    for each in chart.figure.data:
        for field in ("text", "hovertext"):
            value = getattr(each, field, None)
            texts += [value] if isinstance(value, str) else list(value) if value is not None else []
    for axis in (chart.figure.layout.xaxis, chart.figure.layout.yaxis):
        texts += [*list(axis.ticktext or ()), axis.title.text or ""]
    return [str(t) for t in texts]
