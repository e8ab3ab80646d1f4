import pandas as pd
import pytest

from lmi.presentation.frame import Frame

LONG = "Sales Representatives of Services, Except Advertising, Insurance, Financial Services, and Travel"


@pytest.fixture
def rows() -> pd.DataFrame:
    """Four occupations as published: one tie, one without openings, one imprecise, one long title."""
    return pd.DataFrame(
        {
            "soc": ["29-1141", "41-3091", "11-1021", "47-2111", "51-4121"],
            "title": [
                "Registered Nurses",
                LONG,
                "General and Operations Managers",
                "Electricians",
                "Welders",
            ],
            "employment_rse_pct": [2.5, 4.0, 3.0, 41.0, pd.NA],
            "openings_per_year": [480.0, 460.0, 460.0, 120.0, pd.NA],
            "openings_low": [430.0, 415.0, 420.0, 40.0, pd.NA],
            "openings_high": [530.0, 505.0, 500.0, 200.0, pd.NA],
            "wage_median_usd_year": [97_890.0, 63_120.0, 239_200.0, 58_000.0, 51_000.0],
            "top_coded": [None, None, "wage_median_usd_year", None, None],
            "in_demand": pd.array([True, True, False, True, pd.NA], dtype="boolean"),
            "demand_rank": pd.array([1, 2, 3, 4, pd.NA], dtype="Int64"),
            "rank_low": pd.array([1, 1, 2, 4, pd.NA], dtype="Int64"),
            "rank_high": pd.array([2, 3, 3, 4, pd.NA], dtype="Int64"),
        }
    )


@pytest.fixture
def frame() -> Frame:
    return Frame(
        "Registered Nurses and General Managers top openings; their ranges overlap",
        "Austin, TX metro; middle-skill; May 2025",
        "Source: BLS OEWS, May 2025 (published).",
        "austin-tx_openings_may-2025",
    )
