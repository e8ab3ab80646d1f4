"""Which jobs most organizations of a room call critical: for every sentence that names them."""

from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST = 80  # characters of a job in own words where it stands for a title


@dataclass(frozen=True)
class MostCritical:
    """The jobs that most organizations name, in the order given; () where none is named. organisations: how
    many name each of them."""

    jobs: tuple[str, ...]
    organisations: int


def most_critical(named: Iterable[tuple[str, int]]) -> MostCritical:
    """Of all jobs, those that most organizations name. named: (words, organizations); see `job_words`."""
    rows = tuple(named)
    most = max((count for _, count in rows), default=0)
    return MostCritical(tuple(words for words, count in rows if count == most), most)


def job_words(soc: str, title: str, own: str) -> str:
    """The title of an occupation; of a job that nobody has matched to one, its own words in quotation marks,
    on one line and shortened. soc: '' for such a job."""
    if soc:
        return title
    words = " ".join(own.split())
    return f"“{words if len(words) <= _LONGEST else f'{words[:_LONGEST].rstrip()}…'}”"
