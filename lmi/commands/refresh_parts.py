"""The products of Indeed Hiring Lab that a refresh fetches."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lmi.domain.source import Source
from lmi.sources import indeed_metros, indeed_postings, indeed_sectors, indeed_wages

INDEED_URL = "https://raw.githubusercontent.com/hiring-lab"
_POSTINGS, _WAGES = "job_postings_tracker/master/US", "indeed-wage-tracker/main"


@dataclass(frozen=True)
class Part:
    """A product of Indeed Hiring Lab: how its files are read, and where each lies below the publisher's
    address."""

    source: Source
    parse: Callable[[Path], dict[str, pd.DataFrame]]
    describe: Callable[[Path], Source]
    files: tuple[str, ...]


PARTS = (
    Part(
        indeed_postings.SOURCE, indeed_postings.parse, indeed_postings.describe,
        (f"{_POSTINGS}/{indeed_postings.NATION_FILE}", f"{_POSTINGS}/{indeed_postings.STATE_FILE}"),
    ),
    Part(
        indeed_sectors.SOURCE, indeed_sectors.parse, indeed_sectors.describe,
        (f"{_POSTINGS}/{indeed_sectors.FILE}",),
    ),
    Part(
        indeed_metros.SOURCE, indeed_metros.parse, indeed_metros.describe,
        (f"{_POSTINGS}/{indeed_metros.FILE}",),
    ),
    Part(indeed_wages.SOURCE, indeed_wages.parse, indeed_wages.describe, (f"{_WAGES}/{indeed_wages.FILE}",)),
)  # fmt: skip
