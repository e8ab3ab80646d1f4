"""The paper form asks what the phones ask, on US letter and on A4, in black and white."""

import re

import pytest

from lmi.answers.room_record import meeting_of, moves_for_paper
from lmi.contributions.store import Store
from lmi.domain.convening import MOST_NOMINATED, QUESTIONS, SIGNATURES, VOTES
from lmi.publishing.meeting_record import record_pdf
from lmi.publishing.paper_form import MOST_PROGRAMS, paper_form_pdf
from lmi.publishing.typst_set import PAPERS
from tests.publishing.meeting import HOSTILE, Meeting
from tests.publishing.reading import colours_of, pages_of, squeezed, text_of

MOVES = [("Nursing Assistants", "Registered Nurses"), ("Cooks", "Chefs")]


@pytest.fixture(scope="module")
def about(small_desk, meeting):
    return meeting_of(small_desk, meeting.convening)


@pytest.fixture(scope="module")
def form(about):
    return paper_form_pdf(about, MOVES, ["Welding, Austin Community College District"])


def test_it_asks_every_question_with_every_choice(form):
    text = text_of(form)
    for question in QUESTIONS:
        assert squeezed(question.asks) in text, question.id
        for words in question.choices.values():
            times = MOST_NOMINATED if question.of == "soc" else 1
            assert text.count(squeezed(words)) >= times, words
    for words in (
        *VOTES.values(),
        *SIGNATURES.values(),
        *MOVES[0],
        "Welding, Austin Community College District",
    ):
        assert squeezed(words) in text, words
    assert text.count(f"Occupation{MOST_NOMINATED}") == 1


def test_it_names_the_meeting_on_every_page(form, about):
    pages = pages_of(form)
    assert len(pages) <= 6
    assert all(about["code"] in page for page in pages)
    assert all("Your organization" in page for page in pages[1:])
    assert "25 Nov 2026" in pages[0]


@pytest.mark.parametrize(("paper", "size"), [("us-letter", (612, 792)), ("a4", (595, 842))])
def test_both_papers(about, paper, size):
    made = paper_form_pdf(about, MOVES, paper=paper)
    boxes = re.findall(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", made)
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {size}
    assert paper in PAPERS
    assert b"pdfuaid" in made


def test_it_is_black_on_white_which_the_record_is_not(form, record):
    assert colours_of(form) <= {(0.0,), (1.0,)}
    assert any(len(set(levels)) > 1 for levels in colours_of(record_pdf(record))), "it has blue bars"


def test_it_holds_whatever_was_typed_and_more_programs_than_fit(small_desk, about):
    many = [f"Program {i} {'x' * 300}" for i in range(MOST_PROGRAMS + 5)]
    odd = about | {"industry": HOSTILE, "place": "p" * 200}
    text = text_of(paper_form_pdf(odd, [(HOSTILE, "y" * 500)], many))
    assert squeezed("<b>bold</b> #strong[x]") in text
    assert f"Program{MOST_PROGRAMS - 1}x" in text
    assert f"Program{MOST_PROGRAMS}x" not in text


def test_moves_of_the_room_come_first(small_desk, meeting):
    found = moves_for_paper(small_desk, meeting.room)
    assert found[0] == ("Licensed Practical and Licensed Vocational Nurses", "Registered Nurses")
    assert moves_for_paper(small_desk, meeting.room, 0) == ()


def test_a_rehearsal_says_so(small_desk):
    rehearsed = Meeting(small_desk, Store("sqlite://"), rehearsal=True)
    pages = pages_of(paper_form_pdf(meeting_of(small_desk, rehearsed.convening)))
    assert all("REHEARSAL" in page for page in pages)
