"""What every measurement stands on: a warehouse of its own, how many areas, how many repeats."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lmi.places import ROOT

DEFAULT_AREA, SMALL_METRO, NATION = "12420", "16220", "US"


class NotMeasured(Exception):
    """Something that this machine lacks, or a page that did not answer; the row says so."""


@dataclass(frozen=True)
class Stage:
    """build_dir: where the warehouse of this run lies. areas: how many areas to ask for."""

    build_dir: Path
    areas: int = 20
    quick: bool = False

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every child: this run's warehouse, and a database of its own."""
        database = f"sqlite:///{self.build_dir / 'contributions.sqlite'}"
        return os.environ | {"LMI_BUILD_DIR": str(self.build_dir), "LMI_DATABASE": database}

    def repeats(self, wanted: int) -> int:
        """How often to repeat; a quick run repeats little."""
        return min(wanted, 3) if self.quick else wanted


@contextmanager
def opened(areas: int, quick: bool) -> Iterator[Stage]:
    """A stage in a temporary folder that is gone afterwards."""
    with TemporaryDirectory(prefix="lmi-bench-", ignore_cleanup_errors=True) as folder:
        yield Stage(Path(folder), areas, quick)


def chromium() -> str:
    """A Chromium or Chrome of this machine; NotMeasured where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if found := shutil.which(name):
            return found
    raise NotMeasured("no Chromium on this machine")


__all__ = ["DEFAULT_AREA", "NATION", "ROOT", "SMALL_METRO", "NotMeasured", "Stage", "chromium", "opened"]
