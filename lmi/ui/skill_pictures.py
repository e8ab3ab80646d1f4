"""From O*NET's ratings to charts: importance, education, comparison, skill gap. Pure."""

from lmi.answers.skills import Comparison, Skills
from lmi.domain.caveats import CAVEATS
from lmi.presentation import captions, charts, theme
from lmi.presentation.charts import Chart, Frame
from lmi.presentation.formats import format_pct
from lmi.ui.pictures import retrieved, source
from lmi.ui.state import View
from lmi.ui.wording import brief

SHOWN = 12


def release(view: View) -> str:
    """'O*NET 29.3'."""
    return source(view.desk, "onet").short_title


def caveats() -> list[str]:
    """What O*NET's ratings can and cannot say."""
    return [CAVEATS["analyst_ratings"]]


HALF_PAGE = 430  # pixels that half of the page has at least, on a small laptop


def _frame(
    view: View, title: str, what: str, measure: str, name: str, note: str, height: int,
    width: int | None = None,
) -> Frame:  # fmt: skip
    used = [(source(view.desk, "onet"), "published, national")]
    return Frame(
        title=title,
        subtitle=f"{measure} · {name}",
        source=captions.source_line(used, [note] if note else [], retrieved(view.desk, "onet")),
        filename=captions.file_name(name[:60], what),
        phone=view.phone,
        palette=theme.with_accent(view.desk.settings.accent),
        height=None if view.phone else height,
        width=None if view.phone else width,
    )


def importance(view: View, found: Skills, kind: str) -> Chart:
    """The most important, or the most distinguishing, skills and knowledge."""
    rows = found.distinguishing if kind == "apart" else found.important
    order = "distinct_sd" if kind == "apart" else "importance"
    rows = rows.sort_values([order, "element_name"], ascending=[False, True]).head(SHOWN)
    rows = rows.assign(distinct=rows.element_id.isin(found.distinguishing.element_id))
    name = brief(view, found.title)
    if rows.empty:
        title = f"Nothing sets {name.lower()} apart from other occupations by a standard deviation"
    elif kind == "apart":
        title = f"What sets {name.lower()} apart most: {_two(list(rows.element_name))}"
    else:
        title = f"What matters most for {name.lower()}: {_two(list(rows.element_name))}"
    measure = "Importance, 1 to 5, against the mean of all occupations"
    name = f"{found.title} ({found.soc})"
    picture = _frame(view, title, f"skills {kind}", measure, name, found.note, 520, HALF_PAGE + 60)
    return charts.importance_bars(rows, picture)


def _two(names: list[str]) -> str:
    return "; ".join(names[:2])


def education(view: View, found: Skills) -> Chart:
    """Education that people in the job say it requires."""
    rows = found.education
    known = rows[rows.share_pct.notna()]
    most = (
        known.sort_values(["share_pct", "category"], ascending=[False, True]).iloc[0] if len(known) else None
    )
    rest = 100 - float(known.share_pct.sum())
    if most is None or rest > float(most.share_pct):
        title = "The most common answer is not published"
    else:
        share = format_pct(most.share_pct, decimals=0)
        title = f"{share} say the job requires: {most.category_label}"
    picture = _frame(
        view, title, "education reported", "Education required, as people in the job report",
        f"{found.title} ({found.soc})", found.note if found.rated else "", 520, HALF_PAGE - 20,
    )  # fmt: skip
    return charts.education_bars(rows, picture)


def matrix(view: View, found: Comparison) -> Chart:
    """Importance of the leading elements in up to four occupations."""
    names = [brief(view, title) for _, title in found.occupations]
    title = f"{names[0]} beside {'; '.join(names[1:])}"
    picture = _frame(
        view, title, "comparison", "Importance of skills and knowledge, 1 to 5",
        ", ".join(f"{soc}" for soc, _ in found.occupations), "", 620,
    )  # fmt: skip
    shown = [(soc, brief(view, title)) for soc, title in found.occupations]
    return charts.skill_matrix(found.matrix, picture, occupations=shown)


def gap(view: View, found: Comparison, goal: str) -> Chart:
    """What somebody from the first occupation would have to add for another."""
    titles = dict(found.occupations)
    start = brief(view, found.occupations[0][1])
    rows = found.gaps[goal]
    rows = rows[rows.contribution > 0].head(SHOWN)
    share = format_pct(found.shares[goal], decimals=0)
    end = brief(view, titles[goal])
    title = (
        f"From {start.lower()} to {end.lower()}: {share} of what the job asks for is to be added"
        if len(rows)
        else f"{start} already have the levels that {end.lower()} ask for"
    )
    picture = _frame(
        view, title, f"skill gap {goal}", "Level asked for, 0 to 7, from here to there",
        f"{found.occupations[0][0]} to {goal}", "", 520,
    )  # fmt: skip
    return charts.skill_gap_bars(rows, picture, start=start, goal=end)
