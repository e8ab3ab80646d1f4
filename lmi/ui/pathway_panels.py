"""The parts of the Pathways page."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from lmi.answers.pathway import PathwayAnswer
from lmi.answers.pathway_picture import Picture
from lmi.domain.pathways import PathwayMap
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_count, format_money, number
from lmi.sources.audience_file import PATH_VIEWS
from lmi.ui import (
    address,
    pathway_draft,
    pathway_editor,
    pathway_list,
    pathway_loaders,
    pathway_pictures,
    pathway_routes,
    pathway_words,
)
from lmi.ui.pathway_state import NO, YES, Journey
from lmi.ui.state import View
from lmi.ui.widgets import blocks, chart_block, heading, note
from lmi.ui.wording import brief

VIEW_NAMES = {"map": "Map", "explore": "Explore", "list": "List"}
MOST_WAYS = 8  # from entry points to goals, the quickest
EXPLORER_HEIGHT, PHONE_HEIGHT = 620, 520


def controls(view: View, journey: Journey) -> None:
    """One row: field, pathway, picture, suggestions."""
    held, pathway = journey.held, journey.answer.pathway
    with st.container(horizontal=True, vertical_alignment="bottom", key="path-row"):
        names = {c.id: c.name for c in held.clusters if held.in_cluster(c.id)}
        address.show("w_cluster", pathway.cluster)
        st.selectbox(
            "Field", list(names), key="w_cluster", format_func=lambda i: names.get(i, i), width=225,
            on_change=_to_cluster, args=(held,),
        )  # fmt: skip
        several = {p.id: p.name for p in held.in_cluster(pathway.cluster)}
        address.show("w_path", pathway.id)
        st.selectbox(
            "Pathway", list(several), key="w_path", format_func=lambda i: several.get(i, i), width=285,
            on_change=_to_pathway,
        )  # fmt: skip
        address.show("w_pathview", journey.picture)
        st.segmented_control(
            "Shown as", list(PATH_VIEWS), key="w_pathview", required=True,
            format_func=lambda i: VIEW_NAMES[i], on_change=address.from_widget,
            args=("pathview", "w_pathview"),
        )  # fmt: skip
        address.show("w_suggest", journey.suggested)
        st.toggle(
            "Suggested moves", key="w_suggest", on_change=address.from_widget,
            args=("suggest", "w_suggest", lambda on: YES if on else NO),
            help="Moves to O*NET's related occupations that pass the cuts for skills and pay. Nobody has "
            "confirmed them; they are drawn dotted.",
        )  # fmt: skip


def _to_pathway() -> None:
    """Callback: another pathway; the job that was looked at on the old one is let go."""
    address.from_widget("path", "w_path")
    address.put("soc", "")


def _to_cluster(held: PathwayMap) -> None:
    """Callback: the first pathway of another field."""
    address.put("path", held.in_cluster(str(st.session_state["w_cluster"]))[0].id)
    address.put("soc", "")


def picture(view: View, journey: Journey) -> Picture:
    """The map, the network or the list."""
    seen = pathway_loaders.picture_of(
        view.key, journey.network, journey.answer, view.audience.map.most, journey.suggested, journey.key
    )
    if journey.picture == "list":
        pathway_list.steps(view, journey.network, seen.nodes, seen.moves)
    elif journey.picture == "explore":
        _explorer(view, journey, seen)
    else:
        _map(view, journey, seen)
    licences = pathway_words.license_note(view, seen.moves)
    if licences:
        note(licences)
    if seen.left_out:
        note(f"{seen.left_out} more jobs of this pathway stand in the step-by-step list.")
    return seen


def _map(view: View, journey: Journey, seen: Picture) -> None:
    chart = view.chart(
        "pathway", lambda: pathway_pictures.pathway_map(view, journey, seen),
        view.audience.id, journey.selected, *journey.key,
    )  # fmt: skip
    key = f"pathway-{journey.answer.pathway.id}"
    chart_block(
        chart, key, view, pathway_words.network_caveats(journey.network), lambda: _follow(f"{key}-plot")
    )


def _follow(key: str) -> None:
    """Callback: a click on a job looks at it; a second click lets it go."""
    points = st.session_state.get(key, {}).get("selection", {}).get("points", [])
    found = points[0].get("customdata") if points else None
    if points and not found:
        return  # a click on an arrow
    soc = str(found[0] if isinstance(found, list) else found) if found else ""
    chosen = "" if soc == address.get("soc") else soc
    address.put("soc", chosen)
    if chosen:
        st.toast("Below the map: where people come from, and where the job leads.")


def _explorer(view: View, journey: Journey, seen: Picture) -> None:
    dark = st.context.theme.type == "dark"
    page = pathway_loaders.explorer_of(
        view.key, (view.audience.id, view.request, dark, *journey.key),
        lambda: pathway_pictures.explorer(view, journey, seen, dark),
    )  # fmt: skip
    alt = (
        f"Network of {len(seen.nodes)} jobs and {len(seen.moves)} moves of {journey.answer.pathway.name}; "
        "the list beside it has the same jobs as links."
    )
    with st.container(key="split"):
        left, right = st.columns([3.6, 1], gap="medium")
    with left:
        st.iframe(page, height=PHONE_HEIGHT if view.phone else EXPLORER_HEIGHT, alt=alt)
    with right:
        pathway_list.jobs(view, seen.nodes)
    note(pathway_words.source_line(view, journey.held))


def below(view: View, journey: Journey) -> None:
    """The blocks under the picture in the audience's order; the others folded."""
    if journey.selected:
        _selected(view, journey)
    draw = {
        "moves": lambda: _moves(view, journey),
        "rungs": lambda: _rungs(view, journey.answer),
        "routes": lambda: pathway_routes.block(view, journey),
        "pathways": lambda: _every(view, journey.every),
    }
    blocks(draw, [name for name in view.audience.blocks["pathways"] if name in draw], view.word("more_page"))
    if "editor" in view.audience.blocks["pathways"]:
        pathway_editor.block(view, journey)


def _selected(view: View, journey: Journey) -> None:
    """The job that was clicked: where people come from, and where it leads."""
    soc, network = journey.selected, journey.network
    heading(brief(view, network.title(soc)))
    found = pathway_loaders.neighbours_of(view.key, network, soc, journey.suggested, network.serial)
    left, right = st.columns(2, gap="medium")
    with left:
        pathway_list.neighbours(
            view, network, view.word("before_heading"), found.before, "start", "No move leads to it yet."
        )
    with right:
        pathway_list.neighbours(
            view, network, view.word("next_heading"), found.onward, "goal", "No move leads on from it yet."
        )
    href = escape(address.link("occupation", soc=soc), quote=True)
    label = f"{view.word('open_profile')} {brief(view, network.title(soc))}"
    st.html(f'<a class="lmi-link" href="{href}" target="_self">{escape(label)}</a>')


def _moves(view: View, journey: Journey) -> None:
    if journey.picture == "list":
        return  # the picture is the list
    heading(view.word("moves_heading"))
    steps = journey.answer.steps
    rows = steps.assign(target=steps.soc.isin(journey.answer.pathway.targets))
    pathway_list.steps(view, journey.network, rows, journey.answer.moves.assign(months_estimated=False))
    note(pathway_words.source_line(view, journey.held))


def _rungs(view: View, found: PathwayAnswer) -> None:
    """What each rung pays, how many openings it has, and who is missing on it."""
    heading(view.word("rungs_heading"))
    rows = "".join(_rung(view, row) for _, row in found.rungs.iterrows())
    heads = ("Stage", "Jobs", view.word("median_pay"), view.word("openings_a_year"), "Under-represented")
    cells = "".join(f'<th scope="col"{" class=n" if i in (1, 2, 3) else ""}>{escape(h)}</th>'
                    for i, h in enumerate(heads))  # fmt: skip
    st.html(f'<table class="lmi-evidence"><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>')
    _ways(view, found)
    about = view.desk.sources.set_index("id").short_title
    note(
        "No national shares are held against this area: CPS does not cover it."
        if view.area.outside_cps
        else "Under-represented: national share on the rung, weighted by jobs here, below 80% of the group's "
        f"share of all employed. Source: {about['bls_cps']} (national), {about['bls_oews']} (jobs, pay)."
    )


def _ways(view: View, found: PathwayAnswer) -> None:
    """The quickest way from every entry point to every goal, and how long it takes in all."""
    ways = sorted(found.ways, key=lambda way: (way.unknown > 0, sum(way.months)))[:MOST_WAYS]
    items = []
    for way in ways:
        start, goal = (brief(view, view.desk.titles[soc]) for soc in (way.stops[0], way.stops[-1]))
        time = pathway_words.span(*way.months)
        known = f"{'more than' if way.unknown else 'about'} {time}" if time else "time not known"
        told = f"{start} → {goal}: {known}, {counted(len(way.stops) - 1, 'move')}"
        items.append(f"<li>{escape(told)}</li>")
    if items:
        st.html(
            '<section class="lmi-path"><h3>From each entry point to the goals '
            f"<small>the quickest way</small></h3><ul>{''.join(items)}</ul></section>"
        )


def _rung(view: View, row: pd.Series) -> str:
    low, high, openings = number(row.pay_low), number(row.pay_high), number(row.openings)
    pay = "not published" if low is None else format_money(low)
    if low is not None and high is not None and high > low:
        pay = f"{format_money(low)}–{format_money(high, top_coded=bool(row.pay_at_least))}"
    if low is not None and row.pay_missing:
        pay += f" ({row.pay_missing} not published)"
    some = "at least " if row.openings_missing else ""
    shown = "not published" if openings is None else f"{some}{format_count(openings)}"
    return (
        f'<tr><th scope="row">{escape(view.word(f"stage_{row.stage}"))}</th><td class="n">{row.steps}</td>'
        f'<td class="n">{escape(pay)}</td><td class="n">{escape(shown)}</td>'
        f"<td>{escape(_lacking(row))}</td></tr>"
    )


def _lacking(row: pd.Series) -> str:
    """Groups that are under-represented on a rung, and those of which no share is published."""
    parts = [", ".join(row.missing)] if row.missing else []
    if row.untold:
        parts.append(f"not published: {', '.join(row.untold)}")
    return "; ".join(parts) or "–"


def _every(view: View, every: Sequence[PathwayAnswer]) -> None:
    """All pathways here as a table that links on."""
    heading(view.word("pathways_heading"))
    rows = "".join(_line(view, one) for one in every)
    st.html(
        '<table class="lmi-evidence"><thead><tr><th scope="col">Pathway</th><th scope="col">Leads to</th>'
        f'<th scope="col" class="n">{escape(view.word("median_pay"))}</th><th scope="col">Demand</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _line(view: View, one: PathwayAnswer) -> str:
    href = escape(address.link("pathways", path=one.pathway.id, soc=""), quote=True)
    steps = one.steps.set_index("soc")
    goals = [brief(view, view.desk.titles[soc]) for soc in one.targets]
    pays = steps.pay.reindex(list(one.targets)).dropna()
    top = bool(steps.pay_top_coded[pays.idxmax()]) if len(pays) else False
    pay = format_money(pays.max(), top_coded=top) if len(pays) else "not published"
    return (
        f'<tr><th scope="row"><a href="{href}" target="_self">{escape(one.pathway.name)}</a></th>'
        f"<td>{escape('; '.join(goals))}</td>"
        f'<td class="n">{escape(pay)}</td>'
        f"<td>{escape(pathway_words.targets_words(one))}</td></tr>"
    )


def banner(view: View, journey: Journey) -> None:
    """What employers have said so far; unsaved changes and problems of the file."""
    note(pathway_words.standing(journey.held, journey.answer, journey.every))
    pathway_draft.banner(view, journey.draft)
