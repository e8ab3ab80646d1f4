"""What holds training back: one answer for each state of knowledge, and where it turns."""

import pytest

from lmi.analysis.capacity import Evidence, limit


def found(openings=100, apportioned=20, completions=40, peak=80, **entered):
    return limit(Evidence(openings, apportioned, completions, peak, **entered))


def test_no_program():
    answer = limit(Evidence(100, None, None, None))
    assert (answer.kind, answer.proxy) == ("no_program", False)
    assert answer.why == "No program here leads to it."


@pytest.mark.parametrize(("apportioned", "kind"), [(100, "none"), (140, "none"), (99.9, "unknown")])
def test_as_many_completions_as_openings_need_no_more(apportioned, kind):
    answer = found(apportioned=apportioned)
    assert answer.kind == kind
    if kind == "none":
        assert "for about 100 openings a year" in answer.why


@pytest.mark.parametrize("openings", [None, 0])
def test_without_openings_nothing_is_enough(openings):
    assert found(openings=openings, apportioned=500).kind != "none"


class TestWithoutSeats:
    """The five-year peak stands for seats: it is said, and nothing is inferred from it."""

    @pytest.mark.parametrize(
        ("completions", "why"),
        [(80, "80 awards, the most in five years."), (60, "60 awards, 75% of the five-year peak of 80.")],
    )
    def test_the_peak_is_a_fact_not_a_reason(self, completions, why):
        answer = found(completions=completions)
        assert (answer.kind, answer.proxy, answer.why) == ("unknown", True, why)

    @pytest.mark.parametrize("peak", [0, None])
    def test_nobody_ever_finished(self, peak):
        answer = found(completions=0, peak=peak)
        assert (answer.kind, answer.proxy) == ("unknown", True)


class TestWithSeats:
    def test_seats_alone_say_nothing(self):
        assert found(seats=50).kind == "unknown"

    @pytest.mark.parametrize(
        ("finished", "kind"), [(50, "seats"), (42.5, "seats"), (42.4, "empty"), (0, "empty")]
    )
    def test_finished_against_seats(self, finished, kind):
        answer = found(seats=50, finished=finished)
        assert (answer.kind, answer.proxy) == (kind, False)

    def test_stands_without_a_program_of_the_crosswalk(self):
        answer = limit(Evidence(100, None, None, None, seats=50, finished=50))
        assert answer.kind == "seats"


class TestWithEnrolment:
    @pytest.mark.parametrize(("enrolled", "kind"), [(50, "seats"), (42.5, "seats"), (42.4, "empty")])
    def test_full_or_not(self, enrolled, kind):
        assert found(seats=50, enrolled=enrolled).kind == kind

    @pytest.mark.parametrize(("finished", "kind"), [(34.9, "finishers"), (35, "seats"), (50, "seats")])
    def test_most_must_finish(self, finished, kind):
        """70% of 50 enrolled are 35."""
        assert found(seats=50, enrolled=50, finished=finished).kind == kind

    @pytest.mark.parametrize(
        ("applicants", "kind"), [(49, "applicants"), (50, "admission"), (200, "admission")]
    )
    def test_few_apply_or_few_are_taken(self, applicants, kind):
        answer = found(seats=50, enrolled=30, finished=30, applicants=applicants)
        assert answer.kind == kind
        assert f"{applicants} apply" in answer.why

    def test_a_full_program_with_many_applicants_lacks_seats(self):
        assert found(seats=50, enrolled=50, finished=45, applicants=300).kind == "seats"

    def test_nobody_enrolled(self):
        assert found(seats=50, enrolled=0, finished=0).kind == "empty"
        assert found(seats=50, enrolled=0, finished=0, applicants=0).kind == "applicants"

    def test_no_seats_at_all(self):
        """0 seats, 0 enrolled: all seats that there are are taken."""
        assert found(seats=0, enrolled=0).kind == "seats"


def test_every_kind_is_reached_and_says_why():
    answers = [
        limit(Evidence(100, None, None, None)), found(apportioned=200), found(),
        found(seats=50, finished=45), found(seats=50, finished=5),
        found(seats=50), found(seats=50, enrolled=50, finished=10),
        found(seats=50, enrolled=20, applicants=30), found(seats=50, enrolled=20, applicants=90),
    ]  # fmt: skip
    kinds = {"no_program", "none", "empty", "seats", "unknown", "finishers", "applicants", "admission"}
    assert {answer.kind for answer in answers} == kinds
    for answer in answers:
        assert answer.why.endswith(".")
        assert len(answer.why) > 20
