"""What a measured convening comes to: delays by what the projector shows, and losses."""

import pytest

from bench import convening
from bench.convening_people import Answered
from bench.convening_sums import delays, joined


def said(who: int, organisation: str, seq: int, sent: float, acknowledged: float, *choices: str) -> Answered:
    marks = tuple(("Why?", choice) for choice in choices)
    return Answered(who, organisation, "discuss", marks, seq, sent, acknowledged)


def screen(at: float, answered: int, **rows: int) -> tuple[float, dict]:
    return at, {"answered": answered, "people": 9, "rows": [["Why?", key, n] for key, n in rows.items()]}


def test_each_answer_is_waited_for_until_its_own_change_is_shown():
    answered = [said(1, "A", 1, 10.0, 10.1, "hard"), said(2, "B", 2, 10.2, 10.4, "hard", "core")]
    shown = [screen(10.5, 1, hard=1), screen(11.0, 2, hard=2), screen(12.0, 2, hard=2, core=1)]
    found, missing = delays(answered, {"discuss": shown})
    # first: one person has answered, hard is 1 (10.5); second: two have, hard is 2 (11.0), core is 1 (12.0)
    assert [round(kept, 1) for _, kept in found] == [0.4, 0.4, 0.6, 0.6, 1.6]
    assert [round(sent, 1) for sent, _ in found] == [0.5, 0.5, 0.8, 0.8, 1.8]
    assert missing == 0


def test_a_second_person_of_an_organization_changes_only_who_has_answered():
    answered = [said(1, "A", 1, 1.0, 1.0, "hard"), said(2, "A", 2, 2.0, 2.0, "hard")]
    found, missing = delays(answered, {"discuss": [screen(1.5, 1, hard=1), screen(2.5, 2, hard=1)]})
    assert ([kept for _, kept in found], missing) == ([0.5, 0.5, 0.5], 0)


def test_what_is_never_shown_is_counted_as_lost_and_what_is_shown_early_as_no_delay():
    answered = [said(1, "A", 1, 1.0, 3.0, "hard"), said(2, "B", 2, 2.0, 3.0, "core")]
    found, missing = delays(answered, {"discuss": [screen(2.0, 1, hard=1)]})
    assert ([kept for _, kept in found], missing) == ([0.0, 0.0], 2)  # not: two have answered, core
    assert delays(answered, {})[1] == 4


def test_the_people_on_the_screen():
    seen = {"welcome": [(1.0, {"people": None}), (2.0, {"people": 1}), (5.0, {"people": 2})]}
    assert joined([1.5, 4.0, 4.5], seen) == ([0.5, 1.0], 1)


def test_options():
    chosen = convening.options([])
    assert (chosen.participants, chosen.organisations, chosen.database) == (25, 15, "")


@pytest.mark.parametrize(
    "wrong",
    [["--participants", "0"], ["--participants", "301"], ["--organisations", "26"], ["--flaky", "2"],
     ["--pace", "0"], ["--pace", "x"]],
)  # fmt: skip
def test_wrong_options_end_with_2(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        convening.options(wrong)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err
