"""How events are counted, as the settings file sets it."""

from pathlib import Path

import pytest

from lmi.domain.errors import BadFile
from lmi.domain.events import DEFAULT_TERMS, EventTerms
from lmi.places import ROOT
from lmi.sources import yaml_file
from lmi.sources.event_terms import KEYS, read_terms

TEXT = """events:
  status_weights: {rumored: 0.5, confirmed: 1}
  phase_in_months:
    layoff: 6
    opening: 0
  starts_months: 0
  horizon_months: 24
  guard: false
"""


def read(text: str) -> EventTerms:
    return read_terms(yaml_file.parse(text, "settings.yaml").fields(["events"]).get("events"))


def test_what_is_set_counts_and_the_rest_is_as_usual():
    found = read(TEXT)
    assert found.status_weights == {**DEFAULT_TERMS.status_weights, "rumored": 0.5, "confirmed": 1}
    assert found.phase_in_months == {**DEFAULT_TERMS.phase_in_months, "layoff": 6, "opening": 0}
    assert (found.starts_months, found.horizon_months, found.guard) == (0, 24, False)


@pytest.mark.parametrize("text", ["events:\n", "events: {}\n", "events:\n  status_weights:\n"])
def test_all_of_it_may_be_left_out(text):
    assert read(text) == DEFAULT_TERMS
    assert read_terms(None) == DEFAULT_TERMS


def test_the_committed_block_names_every_key_and_sets_what_is_usual():
    path = ROOT / "data" / "local" / "settings.yaml"
    block = yaml_file.load(Path(path)).value["events"]
    assert set(block.value) == set(KEYS)
    assert read_terms(block) == DEFAULT_TERMS


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("rumored: 0.5", "rumored: 1.5", 2, "a number from 0 to 1"),
        ("rumored: 0.5", "rumoured: 0.5", 2, "did you mean 'rumored'?"),
        ("rumored: 0.5", "rumored: half", 2, "half is not valid"),
        ("{rumored: 0.5, confirmed: 1}", "0.5", 2, "a list or plain value stands here"),
        ("layoff: 6", "layoff: -6", 4, "a number from 0 to 240"),
        ("layoff: 6", "layoff: 6.5", 4, "a whole number of months from 0 to 240"),
        ("layoff: 6", "lay_off: 6", 4, "did you mean 'layoff'?"),
        ("starts_months: 0", "starts_months: true", 6, "a number from -120 to 120"),
        ("starts_months: 0", "starts_month: 0", 6, "did you mean 'starts_months'?"),
        ("horizon_months: 24", "horizon_months: 0", 7, "a number from 1 to 120"),
        ("guard: false", "guard: 0", 8, "true or false"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_is_accepted(old, new, line, words):
    assert old in TEXT
    with pytest.raises(BadFile) as error:
        read(TEXT.replace(old, new))
    assert error.value.what.startswith(f"settings.yaml, line {line}, events")
    assert words in error.value.line()
