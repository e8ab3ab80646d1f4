import pytest

from lmi.domain import codes
from lmi.domain.errors import LmiError
from lmi.domain.selection import Area, sentence


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("29-1141", "29-1141"), (" 29-1141 ", "29-1141"), ("291141", "29-1141"), ("29.1141", "29-1141"),
        ("29-1141.00", "29-1141"), ("29 1141", "29-1141"), ("00-0000", "00-0000"), ("nurse", "nurse"),
        ("29-11411", "29-11411"), ("29-1141.0", "29-1141.0"), ("", ""),
    ],
)  # fmt: skip
def test_soc_codes_as_people_type_them(typed, code):
    assert codes.normalise_soc(typed) == code


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("US", "nation"), ("48", "state"), ("06", "state"), ("11", "state"), ("72", "territory"),
        ("12420", "metro"), ("0100001", "nonmetro"), ("R-austin-2", "custom"), ("99", "state"),
        ("us", None), ("R-", None), ("R-Austin", None), ("123", None), ("", None), ("12420\n", None),
    ],
)  # fmt: skip
def test_the_form_of_a_code_tells_the_kind_of_area(code, kind):
    assert codes.area_type(code) == kind


def test_every_state_and_territory_has_its_postal_code():
    assert len(codes.POSTAL_BY_FIPS) == 54
    assert len(set(codes.POSTAL_BY_FIPS.values())) == 54


def test_major_group():
    assert codes.major_group("29-1141") == "29-0000"


def test_an_error_is_one_line():
    error = LmiError("What\nhappened.", "  Why. ", "")
    assert error.line() == str(error) == "What happened. Why."


def area(**values: object) -> Area:
    base = {"code": "12420", "name": "Austin-Round Rock-San Marcos, TX", "short_name": "Austin, TX",
            "type": "metro", "states": ("TX",), "state_codes": ("48",), "members": ("12420",)}  # fmt: skip
    return Area(**(base | values))


def test_a_selection_says_itself():
    assert sentence(area(), "all skill levels", "", ("pay of 50,000 or more",)) == (
        "Austin, TX metro area · all skill levels · pay of 50,000 or more"
    )
    texas = area(code="48", name="Texas", short_name="Texas", type="state")
    assert sentence(texas, "middle-skill", "in demand") == "Texas · middle-skill · in demand"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({}, "Austin"),
        ({"type": "nation", "short_name": "United States"}, "the United States"),
        ({"type": "custom", "name": "Capital corridor"}, "the Capital corridor"),
        (
            {"type": "nonmetro", "short_name": "Northeast Alabama nonmetro"},
            "the Northeast Alabama nonmetro area",
        ),
    ],
)
def test_a_place_as_people_say_it(changes, place):
    assert area(**changes).place == place
