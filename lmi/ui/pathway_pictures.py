"""From a pathway to its pictures: the map to print and the network to explore."""

from collections.abc import Mapping

from lmi.answers.pathway_picture import Picture
from lmi.domain.pathways import STAGE_MEANINGS, STAGES
from lmi.presentation import captions, charts, pathway_explorer, theme
from lmi.presentation.charts import Chart
from lmi.ui import address, pathway_words
from lmi.ui.pathway_state import Journey
from lmi.ui.state import View

MAP_WIDTH = 940  # pixels that a map is laid out for; on a narrower screen it scrolls (style.css)
WORDS = (
    "move_proposed", "move_validated", "move_suggested", "reading_advance", "reading_lateral",
    "reading_sideways", "reading_leap", "reading_not_rated", "in_demand", "median_pay", "openings_a_year",
)  # fmt: skip


def columns(view: View) -> list[tuple[str, str, str]]:
    """The stages as columns: id, name in the audience's words, what it takes to be there."""
    return [(stage, view.word(f"stage_{stage}"), STAGE_MEANINGS[stage]) for stage in STAGES]


def words(view: View) -> Mapping[str, str]:
    """The terms of a map in the audience's words."""
    return {key: view.word(key) for key in WORDS}


def pathway_map(view: View, journey: Journey, seen: Picture) -> Chart:
    """The layered map, for slides and print."""
    version = journey.held.version
    picture = charts.Frame(
        title=pathway_words.finding(journey.answer),
        subtitle=f"Jobs and moves by stage · {pathway_words.selection(view, journey.answer)}",
        source=pathway_words.source_line(view, journey.held),
        filename=captions.file_name(view.area.short_name, journey.answer.pathway.name, version.name),
        phone=view.phone,
        palette=theme.with_accent(view.desk.settings.accent),
        width=None if view.phone else MAP_WIDTH,
    )  # fmt: skip
    return charts.pathway_map(
        seen.nodes, seen.moves, picture, columns=columns(view), words=words(view),
        detail=view.audience.map, selected=journey.selected,
    )  # fmt: skip


def explorer(view: View, journey: Journey, seen: Picture, dark: bool) -> str:
    """The network to explore, as a document of its own."""
    return pathway_explorer.explorer_html(
        seen.nodes, seen.moves, columns=columns(view), words=words(view), detail=view.audience.map,
        links={str(soc): address.link("occupation", soc=str(soc)) for soc in seen.nodes.soc},
        accent=view.desk.settings.accent, dark=dark, title=pathway_words.finding(journey.answer),
        filename=captions.file_name(view.area.short_name, journey.answer.pathway.name, "network"),
        caption=(
            f"Jobs and moves by stage · {pathway_words.selection(view, journey.answer)}",
            pathway_words.source_line(view, journey.held),
        ),
    )  # fmt: skip
