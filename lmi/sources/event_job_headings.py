"""What the heading of a table counts: jobs that are lost, new ones, or people without saying which."""

import re
from collections.abc import Sequence
from typing import Literal

from lmi.sources.event_incoming import cleaned

Counts = Literal["jobs", "lost", "gained", "people", ""]
# The surest first: 'jobs' is the log's own heading; staff as a whole is the last that an event would count.
KINDS: tuple[Counts, ...] = ("jobs", "lost", "gained", "people")
_NUMBER = {"number", "no", "count", "total"}
_PEOPLE = {"employees", "workers", "jobs", "positions", "headcount"}
_ONE = {"employee", "worker", "job", "position", "people", "staff", "workforce"}
_LOST = {
    "affected", "impacted", "layoff", "layoffs", "lay", "laid", "off", "offs", "dislocated", "displaced",
    "separated", "separation", "separations", "terminated", "eliminated", "lost", "loss", "losses",
}  # fmt: skip
_GAINED = {"new", "created", "added", "gained"}
_FILLING = {"of", "to", "be", "by", "the", "planned", "expected", "projected", "estimated", "est", "approx"}
_ALONE = {"affected", "impacted", "layoffs", "lay offs", "laid off"}
_OF_LAYOFFS = re.compile(
    r"\b(?:lay ?offs?|laid off|warn|affected|impacted|dislocat\w*|displace\w*|separat\w*|closures?"
    r"|reductions? in force)\b"
)


def folded(heading: str) -> str:
    """A heading as it is compared: small letters and digits, single spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", cleaned(heading).casefold()).split())


def counts(heading: str) -> Counts:
    """What a heading counts: 'lost' for 'No. of affected workers', 'gained' for 'New jobs', 'people' for
    'Number of employees'; '' where it counts nothing of the kind."""
    plain = folded(heading)
    words = set(plain.split())
    if plain == "jobs":
        return "jobs"
    if words - _NUMBER - _PEOPLE - _ONE - _LOST - _GAINED - _FILLING:
        return ""
    of_people = words & (_PEOPLE | _ONE)
    if words & _LOST:
        return "lost" if of_people or words & _NUMBER or plain in _ALONE else ""
    if words & _GAINED:
        return "gained" if of_people else ""
    return "people" if words & _PEOPLE or (of_people and words & _NUMBER) else ""


def jobs_headings(headings: Sequence[str]) -> list[str]:
    """Those that could be the jobs of events, the surest first."""
    found = [heading for heading in headings if counts(heading)]
    return sorted(found, key=lambda heading: KINDS.index(counts(heading)))


def speaks_of_layoffs(headings: Sequence[str], jobs: str) -> bool:
    """Whether the headings are those of a list of lay-offs. jobs: the one of the jobs, '' for none; new jobs
    are no lay-offs, whatever the others say."""
    if counts(jobs) == "gained":
        return False
    return any(counts(heading) == "lost" or _OF_LAYOFFS.search(folded(heading)) for heading in headings)
