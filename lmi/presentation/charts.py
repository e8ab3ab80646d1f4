"""Every chart of the product in one place to import from; each lives in the module named for it."""

from lmi.presentation.bars import bars_with_intervals, category_bars
from lmi.presentation.frame import Chart, Frame, plot_config
from lmi.presentation.freshness import freshness_dots
from lmi.presentation.maps import LQ_BINS, Bins, area_map, round_bins
from lmi.presentation.marks import rule_marks
from lmi.presentation.ranks import rank_ranges
from lmi.presentation.scatter import pay_openings_scatter
from lmi.presentation.split import openings_split
from lmi.presentation.wages import Reference, wage_distribution

__all__ = [
    "LQ_BINS", "Bins", "Chart", "Frame", "Reference", "area_map", "bars_with_intervals",
    "category_bars", "freshness_dots", "openings_split", "pay_openings_scatter", "plot_config",
    "rank_ranges", "round_bins", "rule_marks", "wage_distribution",
]  # fmt: skip
