"""Blocks that pages are made of. Every text that comes from data or people is escaped here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from lmi.domain.plain_text import unmarked as unmarked
from lmi.presentation.frame import Chart, plot_config
from lmi.presentation.tables import csv_bytes
from lmi.presentation.theme import DESK, PHONE
from lmi.ui.state import View

SHORTEST = 414  # the least height of a saved chart, before it is scaled up to a slide


def answer(question: str, sentence: str, selection: str, lead: str = "") -> None:
    """The page's question, its answer in the largest text, and the selection in small."""
    more = f" {escape(lead)}" if lead else ""
    st.html(
        f'<h1 class="lmi-question" data-testid="question">{escape(question)}</h1>'
        f'<p class="lmi-answer" data-testid="answer">{escape(sentence)}</p>'
        f'<p class="lmi-selection" data-testid="selection">{escape(selection)}.{more}</p>'
    )


def tiles(
    items: Sequence[tuple[str, str, str]], split: Sequence[float] = (), parted: int = 1, across: bool = False
) -> None:
    """At most four figures: label, value, what it stands on; split: parts of number `parted`, as a bar.

    across: in one row where the page is wide enough, not two by two.
    """
    cells = []
    for number, (label, value, note) in enumerate(items):
        bar = _split_bar(split) if number == parted else ""
        cells.append(
            f'<dl class="lmi-tile"><dt>{escape(label)}</dt>'
            f"<dd>{escape(value)}{bar}<small>{escape(note)}</small></dd></dl>"
        )
    row = " lmi-strip" if across else ""
    st.html(f'<div class="lmi-tiles{row}" data-testid="tiles">{"".join(cells)}</div>')


def heading(text: str) -> None:
    """The heading of a block, as plain text: titles and rule names are never markup."""
    st.html(f'<h2 class="lmi-heading">{escape(text)}</h2>')


def blocks(draw: Mapping[str, Callable[[], None]], shown: Sequence[str], more: str) -> None:
    """The named blocks in order; the others folded below, so that nothing is out of reach."""
    for name in shown:
        draw[name]()
    rest = [name for name in draw if name not in shown]
    if rest:
        with st.expander(unmarked(more)):
            for name in rest:
                draw[name]()


def note(text: str) -> None:
    """Small print: a source, a caveat, a reading aid."""
    st.html(f'<p class="lmi-source">{escape(text)}</p>')


def _split_bar(parts: Sequence[float]) -> str:
    """A thin bar of the positive parts; the words beside it say the same."""
    shown = [max(part, 0.0) for part in parts]
    if not sum(shown):
        return ""
    widths = "".join(f'<i style="flex:{part / sum(shown):.4f}"></i>' for part in shown)
    return f'<span class="lmi-split" aria-hidden="true">{widths}</span>'


def short_list(heading: str, items: Iterable[tuple[str, str, str]], note: str) -> None:
    """A short list that links on: (text, address, figure)."""
    rows = "".join(
        f'<li><a href="{escape(href, quote=True)}" target="_self">{escape(text)}</a>'
        f"<span>{escape(figure)}</span></li>"
        for text, href, figure in items
    )
    st.html(
        f'<section class="lmi-list"><h2>{escape(heading)}</h2><ol>{rows}</ol><p>{escape(note)}</p></section>'
    )


def chart_block(
    chart: Chart,
    key: str,
    view: View,
    caveats: Sequence[str] = (),
    on_select: Callable[[], None] | None = None,
    table_height: int | None = None,
) -> None:
    """A chart with its text alternative, its save buttons, and the same rows as a table."""
    options: dict[str, Any] = {"on_select": on_select, "selection_mode": "points"} if on_select else {}
    with st.container(key=f"chart-{key}"):
        st.plotly_chart(
            chart.figure, key=f"{key}-plot", theme=None, alt=chart.alt, height=chart.height,
            config=_config(chart, view), **options,
        )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        save_buttons(key, chart.filename)
        st.download_button(
            "CSV", data=lambda: chart_csv(chart, view, caveats), file_name=f"{chart.filename}.csv",
            mime="text/csv", on_click="ignore", key=f"{key}-csv", help="The rows of this chart, with source.",
        )  # fmt: skip
        with st.popover("Table", help="The same rows as a table."):
            st.dataframe(
                chart.table, hide_index=True, key=f"{key}-table", height=table_height or "auto",
                alt=f"Table: {chart.title}", placeholder="not published",
            )  # fmt: skip
            st.text(chart.source)


def _config(chart: Chart, view: View) -> dict[str, Any]:
    """Plotly's settings. The image is 1920 x 1080; a tall chart keeps the room it has on screen, a short
    one is drawn larger. A phone saves the tall picture that it shows."""
    config: dict[str, Any] = plot_config(chart.filename, sizes=PHONE if view.phone else DESK)
    image = config["toImageButtonOptions"]
    if view.phone:
        image["height"] = chart.height
    elif chart.height != DESK.height:
        height = max(chart.height, SHORTEST) // 9 * 9  # so that 16:9 comes out in whole pixels
        image |= {"width": height // 9 * 16, "height": height, "scale": 1080 / height * (1 + 1e-9)}
    return config | {"displayModeBar": "hover"}


def save_buttons(key: str, filename: str) -> None:
    """Buttons that save the chart of block `key` as PNG (1920x1080) or SVG, in the browser."""
    buttons = "".join(
        f'<button type="button" data-chart="{escape(key, quote=True)}" data-save="{kind}" '
        f'aria-label="Save chart as {kind.upper()}: {escape(filename, quote=True)}">{kind.upper()}</button>'
        for kind in ("png", "svg")
    )
    st.html(f'<div class="lmi-save">{buttons}</div>', width="content")


def copy_link() -> None:
    """A button that copies the address of this very view."""
    st.html('<button type="button" class="lmi-copy" data-copy-link>Copy link</button>', width="content")


def chart_csv(chart: Chart, view: View, caveats: Sequence[str] = ()) -> bytes:
    """The chart's rows as CSV under lines that say what they are."""
    return csv_bytes(chart.table, csv_header(chart.title, chart.subtitle, chart.source, view, caveats))


def csv_header(title: str, selection: str, source: str, view: View, caveats: Sequence[str] = ()) -> list[str]:
    """The lines above the rows of every CSV: finding, selection, source, caveats, build."""
    return [
        title,
        f"Selection: {selection}",
        source,
        *(f"Caveat: {caveat}" for caveat in caveats),
        f"Data build: {view.desk.warehouse.build_id}",
    ]


def evidence_table(
    evidence: Sequence[dict[str, Any]], shown: Callable[[Any, str], str], top_coded: str = ""
) -> None:
    """Each criterion as a line: what was found, what was asked, by how much it passes or fails.

    top_coded: the wage columns of the row that are published as 'at or above' only.
    """
    rows = "".join(
        f'<tr><th scope="row">{escape(str(item["name"]))}</th>'
        f'<td class="n">{escape(_found(item, shown, top_coded))}</td>'
        f'<td class="n">{escape(_asked(item, shown))}</td><td>{escape(verdict(item))}</td></tr>'
        for item in evidence
    )
    st.html(
        '<table class="lmi-evidence"><thead><tr><th scope="col">Criterion</th>'
        '<th scope="col" class="n">Here</th><th scope="col" class="n">Asked</th>'
        f'<th scope="col">Verdict</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _found(item: dict[str, Any], shown: Callable[[Any, str], str], top_coded: str) -> str:
    unit = str(item["unit"])
    column = "wage_median_usd_year" if unit == "USD / year" else "wage_median_usd_hour"
    sign = "≥ " if unit.startswith("USD") and column in top_coded else ""
    return sign + shown(item["value"], unit)


def _asked(item: dict[str, Any], shown: Callable[[Any, str], str]) -> str:
    sign = {">=": "at least ", ">": "above ", "<=": "at most ", "<": "below ", "==": "", "in": "one of "}
    threshold = item["threshold"]
    if item["op"] == "in":
        count = len(str(threshold).split(", "))
        return "listed category" if count > 1 else str(threshold)
    if threshold is None:
        return "not known here"
    printed = f" ({item['printed']})" if item.get("printed") else ""
    return sign[str(item["op"])] + shown(threshold, str(item["unit"])) + printed


def verdict(item: dict[str, Any]) -> str:
    """'passes by 24%', 'fails by 3%', or 'unknown' with the reason; not by colour."""
    passed, value, line = item["pass"], item["value"], item["threshold"]
    if passed is None:
        return "unknown"
    word = "passes" if passed else "fails"
    if not isinstance(value, int | float) or not isinstance(line, int | float) or not line:
        return word
    share = abs(value - line) / abs(line)
    if share < 0.005:
        return f"{word} narrowly"
    return f"{word} by {share:.0%}" if share < 3 else f"{word} by far"


def figures_frame(
    figures: Iterable[Any], shown: Callable[[Any], str], labels: dict[str, str]
) -> pd.DataFrame:
    """Every figure with value, geography, period, source, basis and note, as people read it."""
    return pd.DataFrame(
        [
            {
                "Figure": labels.get(f.name, f.name), "Value": shown(f),
                "Basis": "–" if f.value is None else f.basis, "Geography": f.area, "Period": f.period,
                "Source": f.source, "Note": f.note,
            }
            for f in figures
        ]
    )  # fmt: skip
