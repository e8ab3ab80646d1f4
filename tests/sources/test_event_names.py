"""When two spellings are one employer, one site, one place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.sources.event_names import (
    bracket_words,
    employer_key,
    first_word,
    is_update,
    store_number,
    street_key,
)

SAME = [
    [
        "The Café & Sons, L.L.C.",
        "CAFE AND SON",
        "Café and Sons (Austin)",
        "Cafe Sons Inc. d/b/a Coffee",
        "cafe son llc",
    ],
    ["U. S. Steel Corp.", "US STEEL", "U.S. Steel Corporation (Updated)", "U. S. STEEL CO."],
    ["Randalls #2490", "Randall's", "RANDALLS STORE 12", "Randall’s, LP"],
    [
        "Hunter Douglas Fabrication Company Updated",
        "Hunter Douglas Fabrication Co",
        "hunter douglas fabrication",
    ],
    ["N.A. Bank, N.A.", "Bank"],
    ["St. David's Medical Center", "Saint Davids Medical Center", "ST DAVID MEDICAL CENTRE"],
    ["Wal-Mart", "Walmart", "Wal Mart Inc.", "WALMART #1258"],
    ["VMware", "VM Ware, Inc."],
    ["J.P. Morgan", "JPMorgan", "J P Morgan & Co."],
    ["AT&T", "ATT", "A.T.&T. Inc."],
    ["L3Harris", "L3 Harris"],
    ["ST Microelectronics", "STMicroelectronics"],
    ["Acme Technologies International", "Acme Technology Int'l"],
    ["Acme Services Manufacturing", "Acme Svcs. Mfg.", "Acme Service Mfg"],
    ["Ft. Worth Mt. Movies", "Fort Worth Mount Movie"],
]
DIFFERENT = [
    "Intel",
    "Intel Federal",
    "Seton Medical Center",
    "Seton Medical Center Hays",
    "3M",
    "7-Eleven, Inc.",
    "Samsung Austin Semiconductor",
    "Samsung Austin Semiconductor - Taylor",
    "Amazon.com Services LLC",
    "Amazon Services",
    "Street Foods",
    "Saint Foods",
]


@pytest.mark.parametrize("names", SAME)
def test_spellings_of_one_employer_share_a_key(names):
    assert {employer_key(name) for name in names} == {employer_key(names[0])}


def test_other_employers_have_other_keys():
    assert len({employer_key(name) for name in DIFFERENT}) == len(DIFFERENT)


def test_a_name_of_which_nothing_is_left_keeps_itself():
    assert (employer_key("The Company"), employer_key("(Austin)")) == ("the company", "(austin)")


@given(
    st.sampled_from([n for names in SAME for n in names] + DIFFERENT),
    st.sampled_from([str.upper, str.lower, str.title]),
)
@settings(max_examples=40, deadline=None)
def test_case_and_spaces_never_matter(name, cased):
    assert employer_key(f"  {cased(name)} ") == employer_key(name)


def test_the_first_word_of_a_name_is_the_first_that_counts():
    names = ("The Amazon.com Services LLC", "AT&T", "U. S. Steel", "Samsungs (Taylor)", "The Company")
    assert [first_word(name) for name in names] == ["amazon", "at", "us", "samsung", "the company"]


def test_sites_of_one_employer_are_told_apart():
    names = ("Walmart #1258", "Save Mart Store 93", "Planned Parenthood - 1694", "3M")
    assert [store_number(name) for name in names] == ["1258", "93", "1694", ""]
    assert bracket_words("Urban Alchemy (Arch Shelter)") == "arch shelter"
    assert bracket_words("Congo, LLC (Updated March 2026)") == ""
    assert bracket_words("Intel") == ""


def test_updates_of_a_notice_say_so():
    assert is_update("Congo, LLC (Updated March 2026)")
    assert is_update("Zachry Industrial, Inc. (Orange) Updated")
    assert not is_update("First Corrections Corporation")
    assert not is_update("21st Amendment Brewery Cafe")


def test_addresses_agree_on_number_and_street():
    assert street_key("905 ELEVENTH AVE") == street_key("905 Eleventh Avenue, Suite 4") == "905 eleventh"
    assert street_key("1 N. Main St") == street_key("1 Main Street")
    assert street_key("12 Main St") != street_key("14 Main St")
    assert street_key("One Dell Way") == "one dell way"
