"""Every chart of the product in one place to import from; each lives in the module named for it."""

from lmi.presentation.balance import balance_scatter
from lmi.presentation.bars import bars_with_intervals, category_bars
from lmi.presentation.completers import completer_bars
from lmi.presentation.coverage import coverage_bars
from lmi.presentation.earnings import earnings_dots
from lmi.presentation.education import education_bars
from lmi.presentation.event_industries import event_industries
from lmi.presentation.event_map import event_map
from lmi.presentation.event_months import event_months
from lmi.presentation.event_moves import events_move, ranks_move
from lmi.presentation.event_timeline import event_timeline
from lmi.presentation.frame import Chart, Frame, plot_config
from lmi.presentation.freshness import freshness_dots
from lmi.presentation.heat import gap_heat
from lmi.presentation.limit import limit_bars
from lmi.presentation.maps import LQ_BINS, Bins, area_map, round_bins
from lmi.presentation.marks import rule_marks
from lmi.presentation.pathway_map import pathway_map
from lmi.presentation.pipeline import pipeline_dots
from lmi.presentation.postings import postings_line
from lmi.presentation.providers import providers_map
from lmi.presentation.ranks import rank_ranges
from lmi.presentation.rungs import ladder_lines
from lmi.presentation.scatter import pay_openings_scatter
from lmi.presentation.shares import share_dots
from lmi.presentation.skill_matrix import skill_matrix
from lmi.presentation.skills import importance_bars, skill_gap_bars
from lmi.presentation.split import openings_split
from lmi.presentation.trend import award_trend
from lmi.presentation.wages import Reference, wage_distribution

__all__ = [
    "LQ_BINS", "Bins", "Chart", "Frame", "Reference", "area_map", "award_trend", "balance_scatter",
    "bars_with_intervals", "category_bars", "completer_bars", "coverage_bars", "earnings_dots",
    "education_bars", "event_industries", "event_map", "event_months", "event_timeline", "events_move",
    "freshness_dots", "gap_heat", "importance_bars", "ladder_lines", "limit_bars", "openings_split",
    "pathway_map", "pay_openings_scatter", "pipeline_dots", "plot_config", "postings_line", "providers_map",
    "rank_ranges", "ranks_move", "round_bins", "rule_marks", "share_dots", "skill_gap_bars", "skill_matrix",
    "wage_distribution",
]  # fmt: skip
