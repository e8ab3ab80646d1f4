"""The record as PDF: whole, the same each time, accessible, and safe against whatever was typed."""

import copy
import re

import pytest

from lmi.answers.room_record import record_of
from lmi.contributions import room_limits
from lmi.contributions.store import Store
from lmi.domain.adjustments import Adjustment, Review, Reviewed
from lmi.domain.convening import MOST_PARTICIPANTS
from lmi.publishing.meeting_record import record_pdf
from lmi.publishing.record_table import record_csv
from lmi.publishing.record_view import MOST_COUNTED, MOST_WORDS, view_of
from lmi.publishing.record_words import finding, took_part
from tests.publishing.meeting import FORMULA, HOSTILE, NAMES, NURSE, Meeting, held
from tests.publishing.reading import pages_of, squeezed, text_of


@pytest.fixture(scope="module")
def made(record):
    return record_pdf(record)


@pytest.fixture(scope="module")
def plain(record):
    """The record without characters that no font may have."""

    def without(told):
        if isinstance(told, str):
            return "".join(c for c in told if ord(c) < 0x250)
        if isinstance(told, dict):
            return {key: without(each) for key, each in told.items()}
        return [without(each) for each in told] if isinstance(told, list) else told

    return without(record)


def test_page_one_says_the_one_thing_and_who_said_it(made, record):
    first = squeezed(pages_of(made)[0])
    for words in (
        "Hospitals", "Austin", "25 Nov 2026", "Austin, Workforce Center", "all 3 organizations in the room",
        "3 organizations (4 people) took part; 12 to 25 are asked for", "Registered Nurses",
        record["meeting"]["code"], "4 jobs named as critical", "1 move confirmed, 1 struck out",
        "1 organization signed the summary",
    ):  # fmt: skip
        assert squeezed(words) in first, words


def test_everything_said_stands_in_it(made):
    text = text_of(made)
    for words in (
        "Seton, Inc.", "St. David's", "Chief Nurse", "It is hard to fill", "Medicine and Dentistry",
        "a" * 600, "Licensed Practical and Licensed Vocational Nurses", "confirmed", "struck",
        "Never seen. (2×)",
        "Employees who refer others", FORMULA, "The welders are missing.", "Sign-off", "Not signed",
    ):  # fmt: skip
        assert squeezed(words) in text, words
    for name in NAMES:
        assert squeezed(name) not in text


def test_with_names_hidden_nobody_is_listed(small_desk):
    hidden = held(small_desk, Store("sqlite://"))
    hidden.lead("names", "hidden")
    told = record_of(small_desk, hidden.room)
    text = text_of(record_pdf(told)) + squeezed(record_csv(told).decode())
    for words in ("Seton", "St. David's", "Chief Nurse", "Nobody has joined."):
        assert squeezed(words) not in text
    assert text.count(squeezed("3 organizations (4 people) took part")) == 3
    with_names = record_of(small_desk, hidden.room, names=True)
    assert squeezed("numbers only") in text
    assert squeezed("numbers only") not in text_of(record_pdf(with_names))


def test_markup_is_text(made):
    typed = HOSTILE.partition("💉")[0]
    assert typed.startswith("<b>bold</b> #strong[x] $x$")
    assert text_of(made).count(squeezed(typed)) >= 2


def test_letters_of_every_script_never_fail(made, plain):
    assert made.startswith(b"%PDF")
    accessible = record_pdf(plain)
    assert b"pdfuaid" in accessible, "the usual record is PDF/UA"
    assert b"/StructTreeRoot" in made, "and the other one is tagged too"


def test_it_says_of_itself_what_it_is(plain):
    made = record_pdf(plain)
    title = re.search(rb"/Title ?\((Record of a convening[^)]*)\)/Creator", made)
    assert title, "the document has a title"
    assert title[1].startswith(b"Record of a convening: Hospitals, Austin")
    assert b"/Lang(en-US)" in made
    assert made.count(b"/S/TH") > 20, "heads of tables are heads"


def test_the_same_record_gives_the_same_bytes(record, made):
    assert record_pdf(copy.deepcopy(record)) == made
    assert record_pdf(record, "a4") != made


def test_every_figure_of_the_market_has_its_source(made, record):
    text = text_of(made)
    nurse = record["lmi"]["occupations"][NURSE]["figures"]
    for figure in nurse.values():
        said = f"{figure['source']} ({figure['basis']}), {figure['area']}"
        assert squeezed(said) in text, said


def test_what_is_withheld_is_not_zero(record):
    told = copy.deepcopy(record)
    facts = told["lmi"]["occupations"][NURSE]
    facts["in_demand"] = None
    for figure in facts["figures"].values():
        figure["value"] = None
    (row,) = [row for row in view_of(told)["top"]["rows"] if row["soc"] == NURSE]
    assert (row["jobs"], row["openings"], row["pay"]) == ("not published",) * 3
    assert row["demand"] == "unknown"


def test_a_rehearsal_says_so_on_every_page(small_desk):
    rehearsed = Meeting(small_desk, Store("sqlite://"), rehearsal=True)
    for i in range(60):
        rehearsed.join(f"Person {i}", f"Company {i}")
    pages = pages_of(record_pdf(record_of(small_desk, rehearsed.room)))
    assert len(pages) > 1
    assert all("REHEARSAL" in page for page in pages)


def test_a_real_one_does_not(made):
    assert "REHEARSAL" not in text_of(made)


def test_an_empty_room_has_a_record(small_desk):
    empty = Meeting(small_desk, Store("sqlite://"))
    text = text_of(record_pdf(record_of(small_desk, empty.room)))
    for words in ("Nobody has named an occupation.", "Nobody has joined.", "No move was voted on."):
        assert squeezed(words) in text


def test_adjustments_and_their_review_stand_in_it(small_desk, meeting):
    made = Adjustment(
        meeting.convening.id, "figure", "12420", NURSE,
        {"figure": "wage_median_usd_year", "adjusted": 98000.0, "unit": "USD / year",
         "published": {"value": 91000.0, "basis": "published", "source": "BLS OEWS"},
         "organisations": ["St. David's"]}, "Signing pay went up.", "2026-11-26T10:00:00Z", "Fay Cilitator",
    )  # fmt: skip
    review = Review(1, made.id, "2026-11-27T10:00:00Z", "Fay Cilitator", "accept", "Checked by phone.")
    rows = [Reviewed(made, (review,), "2026-11-25", "Hospitals")]
    text = text_of(record_pdf(record_of(small_desk, meeting.room, rows)))
    for words in (
        "Median pay: $98,000 a year beside $91,000 a year (published, BLS OEWS)", "Signing pay went up.",
        "accepted 27 Nov 2026", "Checked by phone.",
    ):  # fmt: skip
        assert squeezed(words) in text, words
    assert "FayCilitator" not in text


def test_a_large_room_is_set_quickly_and_whole(small_desk, monkeypatch):
    """300 people of 300 organizations with names as long as they may be."""
    monkeypatch.setattr(room_limits, "MOST_JOINS", MOST_PARTICIPANTS)
    large = Meeting(small_desk, Store("sqlite://"))
    for i in range(300):
        large.join(f"Person {i}", f"{i:03}{'W' * 77}")
    record = record_of(small_desk, large.room)
    assert record["counts"]["people"] == 300
    text = text_of(record_pdf(record))
    assert all(f"{i:03}{'W' * 77}" in text for i in range(300))


class TestWords:
    def room(self, *rows, organizations=5):
        counts = {"organizations": organizations}
        named = [{"soc": "" if own else "1", "title": title, "organizations": n} for title, n, *own in rows]
        return {"counts": counts, "nominations": [{"occupations": named}]}

    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            ([("Welders", 4), ("Nurses", 2)], "Welders are critical to 4 of 5 organizations."),
            ([("Welders", 3), ("Nurses", 3)],
             "Welders and Nurses are each critical to 3 of 5 organizations."),
            ([("Welders", 5)], "Welders are critical to all 5 organizations in the room."),
            ([("A", 2), ("B", 2), ("C", 2), ("D", 2)],
             "4 occupations are each critical to 2 of 5 organizations."),
            ([("A", 1), ("B", 1)], "2 jobs were named as critical, each by one organization."),
            ([("Patient navigator", 1, "own")], "“Patient navigator” is critical to 1 of 5 organizations."),
        ],
    )  # fmt: skip
    def test_the_finding_never_says_more_than_the_room_did(self, rows, said):
        assert finding(self.room(*rows)) == said

    def test_who_took_part_against_what_is_asked_for(self):
        asked = {"fewest": 12, "most": 25}
        few = {"organizations": 1, "people": 1, "asked_for": asked}
        assert took_part(few) == (
            "1 organization (1 person) took part; 12 to 25 are asked for, "
            "so this is fewer than a convening should have."
        )
        enough = {"organizations": 12, "people": 1300, "asked_for": asked}
        assert took_part(enough).endswith("(1,300 people) took part; 12 to 25 are asked for.")


def test_a_long_list_of_answers_is_cut_and_says_so(record):
    told = copy.deepcopy(record)
    question = told["topics"][0]["questions"][1]
    question["counted"] = [
        {"id": str(i), "words": f"Skill {i}", "organizations": 3 if i < MOST_COUNTED else 1, "named": []}
        for i in range(MOST_COUNTED + 4)
    ]
    text = text_of(record_pdf(told))
    assert squeezed("4 more, by 1 organization at most") in text
    assert f"Skill{MOST_COUNTED}" not in text


def test_the_same_words_stand_once_and_more_than_fit_are_counted(record):
    told = copy.deepcopy(record)
    said = [("Same words", f"Company {i}") for i in range(2)]
    said += [(f"Words no. {i}", "Company 1") for i in range(MOST_WORDS + 2)]
    told["topics"][0]["questions"][0]["own_words"] = [
        {"words": words, "organization": who, "said_at": "2026-11-25T15:00:00Z"} for words, who in said
    ]
    text = text_of(record_pdf(told))
    assert text.count(squeezed("“Same words” — Company 0, Company 1")) == 1
    assert squeezed("3 more in the CSV") in text
