import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.domain.source import Source
from lmi.presentation import captions
from lmi.presentation.captions import (
    file_name,
    format_count,
    format_money,
    format_pct,
    format_range,
    lead_finding,
    slug,
    source_line,
)


def ranked(*rows):
    return pd.DataFrame(rows, columns=["title", "openings_per_year", "openings_low", "openings_high"]).assign(
        soc=[f"11-{i:04d}" for i in range(len(rows))]
    )


def finding(*rows, place="Austin, TX"):
    return lead_finding(ranked(*rows), "openings_per_year", "a year", place)


def test_leads_only_when_the_intervals_are_apart():
    apart = finding(("Nurses", 480, 430, 530), ("Managers", 400, 380, 420))
    assert apart == "Nurses lead openings in Austin, TX: 480 a year"
    touching = finding(("Nurses", 480, 420, 530), ("Managers", 400, 380, 420))
    assert touching == (
        "Nurses and Managers top openings in Austin, TX: about 480 and 400 a year; their ranges overlap"
    )


def test_no_one_leads_when_an_interval_is_unknown():
    text = finding(("Nurses", 480, pd.NA, pd.NA), ("Managers", 40, 38, 42), place="")
    assert "lead" not in text
    assert text.endswith("their error is not known")
    text = finding(("Nurses", 480, 470, 490), ("Managers", 40, pd.NA, pd.NA), place="")
    assert text == "Nurses and Managers top openings: about 480 and 40 a year; their error is not known"


def test_ties_order_and_withheld_rows():
    tied = finding(("B", 480, 470, 490), ("A", 480, 470, 490), ("C", pd.NA, pd.NA, pd.NA), place="")
    assert tied == "B and A top openings: about 480 each a year; their ranges overlap"
    assert finding(("C", pd.NA, pd.NA, pd.NA), place="") == "No openings are published"
    assert finding(("A", 7, 6, 8), place="") == "A: 7 a year"


def test_row_order_does_not_matter():
    rows = [("Nurses", 480, 430, 530), ("Managers", 400, 380, 420), ("Welders", 90, 80, 100)]
    frame = ranked(*rows)
    assert (
        len({lead_finding(frame.sample(frac=1, random_state=i), "openings_per_year", "") for i in range(6)})
        == 1
    )


def test_very_long_titles_give_way_to_a_sentence_that_fits():
    name = "Sales Representatives of Services, Except Advertising, Insurance, Financial Services, and Travel"
    both = finding((name, 480, 400, 530), (name + " B", 470, 400, 520))
    assert both.startswith("Two occupations top openings")
    assert len(both) <= 110


@given(st.floats(1, 1e6), st.floats(0, 0.5), st.floats(1, 1e6), st.floats(0, 0.5))
def test_lead_is_said_exactly_when_the_first_lies_above(a, ra, b, rb):
    rows = [("A", a, a * (1 - ra), a * (1 + ra)), ("B", b, b * (1 - rb), b * (1 + rb))]
    top, second = (rows[0], rows[1]) if a >= b else (rows[1], rows[0])
    assert (" lead " in finding(*rows)) == (top[2] > second[3])


OEWS = Source(
    "bls_oews", "BLS", "OEWS", "BLS OEWS, May 2025", "https://www.bls.gov/oes/", "", "", "May 2025",
    "2026-05-15", "yearly", "2027-05", (), (),
)  # fmt: skip
EP = Source(
    "bls_ep", "BLS", "EP", "BLS Employment Projections", "", "", "", "2024–34", "2025-08", "yearly",
    "2026-08", (), (),
)  # fmt: skip


def test_source_line():
    basis = ["Openings estimated by this project: local jobs × national rates."]
    assert source_line([OEWS, (EP, "national rates")], basis, "2026-09-26", "2026-Q3") == (
        "Source: BLS OEWS, May 2025 (published); BLS Employment Projections, 2024–34 (national rates). "
        "Openings estimated by this project: local jobs × national rates. "
        "Retrieved 2026-09-26; release 2026-Q3."
    )
    assert source_line([OEWS]) == "Source: BLS OEWS, May 2025 (published)."


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234567, "1,234,567"), (480.4, "480"), (99.6, "100"), (12.3, "12"), (9.96, "10"), (7.34, "7.3"),
     (7, "7"), (0, "0"), (-0.01, "0"), (-40, "−40"), (None, "not published"), (pd.NA, "not published"),
     (float("nan"), "not published")],
)  # fmt: skip
def test_counts(value, text):
    assert format_count(value) == text


def test_counts_rounded_to_digits():
    assert [format_count(v, significant=2) for v in (2238, 483, 48.6, 0)] == ["2,200", "480", "49", "0"]


def test_money():
    assert [format_money(v) for v in (97890, 100, 27.5, -5, None)] == [
        "$97,890", "$100", "$27.50", "−$5.00", "not published",
    ]  # fmt: skip
    assert format_money(239200, top_coded=True) == "≥ $239,200"


def test_percentages_and_ranges():
    assert [format_pct(v, signed=True) for v in (4.24, -4.2, 0.01, None)] == [
        "+4.2%", "−4.2%", "0.0%", "not published",
    ]  # fmt: skip
    assert format_range(430, 530) == "430–530"
    assert format_range(430.1, 430.2) == "430"
    assert format_range(pd.NA, 530) == "not published"


def test_names_of_files():
    assert (
        file_name("Austin, TX", "In-demand openings", "May 2025") == "austin-tx_in-demand-openings_may-2025"
    )
    assert slug("Cañon City–Doña Ana's") == "canon-city-dona-anas"
    assert file_name("§", "") == "chart"


@given(st.lists(st.text(), max_size=4))
def test_file_names_are_safe_ascii(parts):
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,99}", file_name(*parts))


def test_everything_promised_is_exported():
    assert all(hasattr(captions, name) for name in captions.__all__)
