"""The steps and questions of a convening, and what tells organisations apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.contributions.tables import entries
from lmi.domain.convening import (
    ASKED_NOMINATED,
    BY_PARTICIPANTS,
    BY_THE_FACILITATOR,
    LONGEST_NAME,
    MOST_NOMINATED,
    QUESTION_BY_ID,
    QUESTIONS,
    SIGNATURES,
    STEP_BY_ID,
    STEPS,
    VOTES,
    Convening,
    Entry,
    listed,
    move_of,
    order_of,
    organisation_key,
)

NAME = st.text(st.characters(categories=("L", "M", "N", "P", "Z")), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme", "ACME, Inc."), ("Acme", "The Acme Company"), ("Acme", " acme  LLC "),
        ("St. David's", "St Davids"), ("St. David’s", "St. David's"), ("AT&T", "AT & T Corp."),
        ("Straße GmbH", "STRASSE gmbh"), ("Café", "Cafe\u0301"), ("ＡＣＭＥ", "Acme"), ("3M", "3m Co"),
        ("Acme", "Ac\u00adme"), ("Acme", "\u200bAcme\u2060"), ("Acme", "A\u200cc\u200dm\ufeffe"),
        ("Café", "Cafe\u200b\u0301"), ("Acme", "Acme\ufe0f"),
    ],
)  # fmt: skip
def test_one_organisation_in_two_spellings(one, other):
    assert organisation_key(one) == organisation_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Acme", "Acme North"), ("Company", "Corporation"), ("किला", "कला"), ("東京", "京都"), ("A 1", "A 2")],
)
def test_two_organisations(one, other):
    assert organisation_key(one) != organisation_key(other)


@given(NAME)
def test_the_key_is_the_same_however_a_name_is_written(name):
    key = organisation_key(name)
    assert organisation_key(key) == key
    if key and organisation_key(f"{name} zz") == f"{key} zz":  # not made of legal forms alone
        assert organisation_key(f"  The {name} , Inc. ") == key
    assert organisation_key(unicodedata.normalize("NFD", name)) == key
    if any(c.isalnum() for c in name):
        assert key


def test_steps_and_questions_fit_together_and_into_their_columns():
    assert [order_of(step.id) for step in STEPS] == list(range(len(STEPS)))
    assert {q.step for q in QUESTIONS} <= set(STEP_BY_ID)
    assert len(QUESTION_BY_ID) == len(QUESTIONS)
    for question in QUESTIONS:
        assert bool(question.choices) != bool(question.open_list)
        assert all(len(choice) <= 40 for choice in question.choices)
    for name, texts in {
        "kind": [*BY_PARTICIPANTS, *BY_THE_FACILITATOR],
        "question": QUESTION_BY_ID,
        "subject": STEP_BY_ID,
    }.items():
        assert all(len(text) <= entries.c[name].type.length for text in texts)
    assert all(len(choice) <= LONGEST_NAME for choice in (*VOTES, *SIGNATURES))
    assert not set(BY_PARTICIPANTS) & set(BY_THE_FACILITATOR)
    assert 3 == ASKED_NOMINATED <= MOST_NOMINATED == 5


def test_a_step_that_does_not_exist_has_no_number():
    with pytest.raises(ValueError, match="lunch"):
        order_of("lunch")


@pytest.mark.parametrize(
    ("subject", "move"), [("a>b", ("a", "b")), ("a", ("a", "")), ("", ("", "")), ("a>b>c", ("a", "b>c"))]
)
def test_the_two_ends_of_a_move(subject, move):
    assert move_of(subject) == move


def test_several_codes_in_one_subject():
    assert listed("a,b,,c") == ("a", "b", "c")
    assert listed("") == ()


@pytest.mark.parametrize("value", [{}, {"choices": "abc", "words": 5}, {"choices": [1, "a"], "choice": None}])
def test_an_entry_reads_whatever_was_kept_as_text(value):
    entry = Entry(1, "c", "p", "", "", "answer", "", "talent", value)
    assert all(isinstance(each, str) for each in (entry.words, entry.choice, *entry.choices))
    assert entry.choices == (("1", "a") if isinstance(value.get("choices"), list) else ())


def test_a_rehearsal_is_known_by_its_id():
    made = [Convening(key, "", "", "", "", "", "", "", "") for key in ("r" + "0" * 32, "f" * 32)]
    assert [each.rehearsal for each in made] == [True, False]
