"""More blocks of the Occupation page: who works in it, what it asks for, where to train, comparison."""

from html import escape

import pandas as pd
import streamlit as st

from lmi.answers.profile import Profile
from lmi.answers.skills import Comparison
from lmi.answers.training import Training
from lmi.domain.awards import EVERY_LEVEL
from lmi.domain.caveats import CAVEATS
from lmi.domain.figures import Figure
from lmi.domain.groups import GROUPS
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_count, format_pct
from lmi.ui import address, loaders, skill_pictures, training_words
from lmi.ui.state import View
from lmi.ui.widgets import chart_block, heading, note
from lmi.ui.wording import brief

TECHNOLOGIES = 12
FEWEST = 3  # tools that employers ask for in the occupation; fewer do not make a list


def people(view: View, profile: Profile) -> None:
    """Shares of every group against the baseline, as a table in words and numbers."""
    heading(view.word("people_heading"))
    if profile.level != "detailed":
        note("Shares are shown for single occupations, not for groups.")
        _link(view, "representation", view.word("people_link"))
        return
    shares = [(group, profile.figures[f"share_{group.id}"]) for group in GROUPS]
    first = shares[0][1]
    rows = "".join(_share_row(group.name, figure) for group, figure in shares)
    st.html(
        '<table class="lmi-evidence"><thead><tr><th scope="col">Group</th>'
        '<th scope="col" class="n">Share</th>'
        '<th scope="col" class="n">Baseline</th><th scope="col" class="n">Gap, points</th>'
        f'<th scope="col" class="n">Parity</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    note(CAVEATS["cps_places"] if view.area.outside_cps else first.note)
    if first.extra["baseline_source"] == "census_acs":
        note(CAVEATS["baseline_place"])
    note(
        f"Baseline: {first.extra['baseline_name']}. Parity = share ÷ baseline; the groups overlap. "
        f"Source: {first.source} (national)"
        + ("; Census ACS (baseline)." if first.extra["baseline_source"] == "census_acs" else ".")
    )
    _link(view, "representation", view.word("people_link"))


def _share_row(name: str, figure: Figure) -> str:
    e = figure.extra
    share = "not published" if figure.value is None else format_pct(figure.value)
    if figure.value is None and e["group_share"] is not None:
        share += f"; its group {format_pct(e['group_share'])}"
    cells = (
        share,
        "–" if e["baseline"] is None else format_pct(e["baseline"]),
        "–" if e["gap_pp"] is None else f"{e['gap_pp']:+.1f}".replace("-", "−"),
        "–" if e["parity"] is None else f"{e['parity']:.2f}",
    )
    return f'<tr><th scope="row">{escape(name)}</th>' + "".join(
        f'<td class="n">{escape(cell)}</td>' for cell in cells
    )


def training(view: View, profile: Profile) -> None:
    """Completions against openings here, the largest providers, and the way to the Training page."""
    heading(view.word("train_heading"))
    supply = profile.supply
    figure = profile.figures["completions_per_year"]
    if figure.value is None:
        note(figure.note)
        return
    found = loaders.training_of(
        view.key, view.desk, supply, view.area.code, profile.soc, supply.method, supply.levels
    )
    gap, ratio = profile.value("supply_gap"), profile.value("supply_ratio")
    upper = profile.value("completions_upper_bound") or 0
    awards = view.word_inside("awards")
    lines = [
        f"{format_count(figure.value, significant=3)} {awards} a year fall to it (at most "
        f"{format_count(upper)}, every program whole)."
        if upper
        else "No institution here reports an award in the programs that lead to it.",
    ]
    if gap is not None:
        word = "more" if gap > 0 else "fewer"
        lines.append(
            f"{format_count(abs(gap), significant=2)} {word} openings than {awards} a year; "
            f"{ratio:.2f} awards for each opening."
        )
    lines.append(f"{training_words.limit_heading(found)}. {training_words.women(found)}")
    for line in lines:
        st.text(line)
    _providers(found)
    more = len(found.providers) - 5
    rest = f" {counted(more, 'more provider')}." if more > 0 else ""
    note(f"{figure.note}{rest} Source: {figure.source}.")
    if set(supply.levels) == set(EVERY_LEVEL):
        note(CAVEATS["graduates_move"])
    levels = "all" if set(supply.levels) == set(EVERY_LEVEL) else "sub"
    _link(view, "training", view.word("train_link"), soc=profile.soc, levels=levels)


def _providers(found: Training) -> None:
    """The largest providers of the newest year."""
    rows = "".join(
        f'<tr><th scope="row">{escape(str(p.institution_name))}</th>'
        f'<td class="n">{format_count(p.awards)}</td></tr>'
        for p in found.providers.head(5).itertuples()
    )
    if rows:
        st.html(
            '<table class="lmi-evidence"><thead><tr><th scope="col">Provider</th>'
            f'<th scope="col" class="n">Awards {found.latest}</th></tr></thead><tbody>{rows}</tbody></table>'
        )


def _link(view: View, page: str, words: str, **parts: str) -> None:
    href = address.link(page, **parts)
    st.html(f'<a class="lmi-link" href="{escape(href, quote=True)}" target="_self">{escape(words)}</a>')


def skills(view: View, profile: Profile) -> None:
    """Skills and knowledge, technology, and the education that people in the job report."""
    found = profile.skills
    if profile.level != "detailed":
        heading(view.word("skills_heading"))
        note("O*NET rates single occupations, not groups.")
        return
    if not found.rated:
        why = found.note.removesuffix(".").lower().replace("o*net", "O*NET")
        heading(f"{view.word('skills_heading').rstrip('?')}: {why}")
    else:
        left, right = st.columns([1.25, 1], gap="medium")
        with left:
            kind = "apart" if st.session_state.get("w_skill_kind") == "apart" else "top"
            chart = view.chart(
                f"skills-{kind}", lambda: skill_pictures.importance(view, found, kind), profile.soc
            )
            chart_block(chart, f"skills-{kind}", view, skill_pictures.caveats())
            st.segmented_control(
                "Which skills", ["top", "apart"], default="top", key="w_skill_kind", required=True,
                label_visibility="collapsed",
                format_func=lambda i: {"top": "Most important", "apart": "Most distinguishing"}[i],
            )  # fmt: skip
        with right:
            if len(found.education):
                chart = view.chart("education", lambda: skill_pictures.education(view, found), profile.soc)
                chart_block(chart, "education", view, skill_pictures.caveats())
            else:
                note(f"Education that people in the job report: {skill_pictures.release(view)} has none.")
    _technologies(view, profile)


def _technologies(view: View, profile: Profile) -> None:
    rows = profile.skills.technologies
    if rows.empty:
        note(f"Technology: none listed in {skill_pictures.release(view)}.")
        return
    hot = int(rows.hot_technology.sum())
    st.html(
        f'<h3 class="lmi-small">Technology: {counted(len(rows), "tool")}, {hot} of them hot</h3>'
        '<ul class="lmi-tools">'
        + "".join(
            f"<li>{escape(str(t.technology))}{_marks(t.hot_technology, t.in_demand_technology)}</li>"
            for t in leading(rows).itertuples()
        )
        + "</ul>"
    )
    if len(rows) > TECHNOLOGIES:
        with st.expander(f"All {len(rows)} tools"):
            st.dataframe(
                rows.rename(columns={"technology": "Tool", "commodity_title": "Kind", "hot_technology": "Hot",
                                     "in_demand_technology": "In demand in this job"}),
                hide_index=True, key="technologies", alt=f"Table: technology skills of {profile.title}",
            )  # fmt: skip
    note(
        "Hot: often named in employers' postings of all kinds; in demand: in postings for this occupation. "
        f"Source: {skill_pictures.release(view)} (published, national)."
    )


def leading(rows: pd.DataFrame) -> pd.DataFrame:
    """The tools to name first: those in demand in this very occupation, hot ones first; others if few."""
    asked = rows[rows.in_demand_technology.astype(bool)]
    return (asked if len(asked) >= FEWEST else rows).head(TECHNOLOGIES)


def _marks(hot: bool, demanded: bool) -> str:
    words = [word for word, on in (("hot", hot), ("in demand", demanded)) if on]
    return f" <small>{', '.join(words)}</small>" if words else ""


def compare(view: View, profile: Profile) -> None:
    """Up to four occupations side by side, and what it would take to move from this one."""
    heading(view.word("compare_heading"))
    titles = loaders.titles(view.key, view.desk)
    others = [soc for soc in view.compare if soc != profile.soc and soc in titles]
    address.show("w_compare", others)
    st.multiselect(
        "Up to three more", [soc for soc in titles if soc != profile.soc], key="w_compare", max_selections=3,
        format_func=lambda soc: f"{titles.get(soc, soc)} ({soc})", placeholder="Choose occupations",
        on_change=address.from_widget, args=("compare", "w_compare", ",".join),
    )  # fmt: skip
    if not others:
        note("Choose an occupation to see both side by side, and the skills somebody would have to add.")
        return
    found = loaders.comparison_of(view.key, view.desk, (profile.soc, *others))
    if found.unrated:
        note(f"Not rated in {skill_pictures.release(view)}: {'; '.join(found.unrated)}.")
    if len(found.matrix):
        chart = view.chart("compare", lambda: skill_pictures.matrix(view, found), profile.soc, *others)
        chart_block(chart, "compare", view, skill_pictures.caveats())
    for soc in found.gaps:
        _gap(view, found, soc)
    if found.gaps:
        note(
            "Skill gap, directional: the goal's importance × the levels by which it asks for more than "
            f"{brief(view, profile.title).lower()} do, added up; in percent of all that the goal asks for."
        )


def _gap(view: View, found: Comparison, soc: str) -> None:
    """What somebody from the first occupation would have to add for another."""
    parts = [code for code, _ in found.occupations]
    chart = view.chart(f"gap-{soc}", lambda: skill_pictures.gap(view, found, soc), *parts)
    chart_block(chart, f"gap-{soc}", view, skill_pictures.caveats())
