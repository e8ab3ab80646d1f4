"""What holds training back: seats, finishers or applicants? Said only as far as the figures go."""

from dataclasses import dataclass

FULL = 0.85  # filled to this share of its seats, a program counts as full
STAYS = 0.70  # of those enrolled, this share finishing counts as most of them
ENOUGH = 1.0  # completions for each opening


@dataclass(frozen=True)
class Evidence:
    """Yearly numbers of people for one occupation here; None = not known.

    openings: local openings. apportioned: completions that fall to the occupation. completions: of the
    programs that lead to it, counted whole. peak: the most of those in one of the years. seats,
    enrolled, applicants, finished: sums over the entries of the local capacity file, each None unless
    every entry tells it, so that they can be compared with one another.
    """

    openings: float | None
    apportioned: float | None
    completions: float | None
    peak: float | None
    seats: float | None = None
    enrolled: float | None = None
    applicants: float | None = None
    finished: float | None = None


@dataclass(frozen=True)
class Limit:
    """The answer. kind: none, seats, finishers, applicants, admission, empty (seats stand empty or
    students leave: the figures do not tell which), unknown or no_program. proxy: the five-year peak
    stands for seats. why: the comparison that decided, in words."""

    kind: str
    why: str
    proxy: bool = False


def limit(found: Evidence) -> Limit:
    """Which of seats, finishers and applicants holds back the number trained.

    With as many completions (the occupation's apportioned part) as openings nothing does. With seats
    entered: programs that are full are limited by seats; else by finishers, if few of those enrolled
    finish, or by applicants, if fewer apply than there are seats, where these are known. Without seats
    the five-year peak stands for them: a proxy that tells how full the programs have been, not why.
    """
    if found.completions is None and found.seats is None:
        return Limit("no_program", "No program here leads to it.")
    if found.openings and found.apportioned is not None and found.apportioned >= ENOUGH * found.openings:
        return Limit(
            "none", f"About {found.apportioned:,.0f} awards for about {found.openings:,.0f} openings a year."
        )
    if found.seats is None:
        return _by_peak(found.completions or 0.0, found.peak)
    if found.enrolled is not None:
        return _by_enrolment(found, found.enrolled, found.seats)
    if found.finished is None:
        return Limit(
            "unknown", f"{found.seats:,.0f} seats are entered, but not how many enrolled or finished."
        )
    if found.finished >= FULL * found.seats:
        return Limit("seats", f"{found.finished:,.0f} finish from {found.seats:,.0f} seats.")
    return Limit(
        "empty", f"{found.finished:,.0f} finish from {found.seats:,.0f} seats: seats stand empty or students "
        "leave. Enter how many enrolled and applied to tell which.",
    )  # fmt: skip


def _by_enrolment(found: Evidence, enrolled: float, seats: float) -> Limit:
    if found.finished is not None and enrolled > 0 and found.finished < STAYS * enrolled:
        return Limit("finishers", f"{found.finished:,.0f} of {enrolled:,.0f} enrolled finish.")
    if enrolled >= FULL * seats:
        return Limit("seats", f"{enrolled:,.0f} of {seats:,.0f} seats are taken.")
    taken = f"{enrolled:,.0f} of {seats:,.0f} seats are taken"
    if found.applicants is None:
        return Limit("empty", f"{taken}; how many applied is not known.")
    if found.applicants < seats:
        return Limit("applicants", f"{found.applicants:,.0f} apply for {seats:,.0f} seats.")
    return Limit("admission", f"{found.applicants:,.0f} apply, yet only {taken}.")


def _by_peak(completions: float, peak: float | None) -> Limit:
    """What the five-year peak tells: how the newest year stands to it, and no more."""
    if not peak:
        return Limit("unknown", "No awards in five years, and no seats are entered.", proxy=True)
    share = completions / peak
    return Limit(
        "unknown", f"{completions:,.0f} awards, {share:.0%} of the five-year peak of {peak:,.0f}."
        if share < 1 else f"{completions:,.0f} awards, the most in five years.", proxy=True,
    )  # fmt: skip
