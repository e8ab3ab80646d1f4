"""`python -m bench`: measure, print a table, write bench/results/<UTC timestamp>.json."""

import argparse
import importlib
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import report
from bench.report import Row
from bench.stage import NotMeasured, Stage, opened

SECTIONS = ("build", "questions", "pathways", "events", "pages", "shell", "browser", "crowd")
BUSY = 0.5  # load before the start that makes the figures doubtful
RESULTS = Path(__file__).resolve().parent / "results"


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options, checked."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--only", type=_sections, default=SECTIONS, metavar="NAME[,NAME]", help=f"of {', '.join(SECTIONS)}"
    )
    parser.add_argument("--areas", type=_count, default=20, help="areas to ask the data questions for (20)")
    parser.add_argument("--quick", action="store_true", help="at most three repeats of everything")
    return parser.parse_args(arguments)


def _sections(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in names if name not in SECTIONS]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"'{text[:60]}' is not of {', '.join(SECTIONS)}")
    return tuple(name for name in SECTIONS if name in names)


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 500:
        raise argparse.ArgumentTypeError(f"'{text[:30]}' is not a whole number from 1 to 500")
    return int(text)


def measure(names: Sequence[str], stage: Stage) -> list[Row]:
    """The rows of the named sections; what cannot be measured becomes a row that says why."""
    rows: list[Row] = []
    if set(names) - {"build"}:
        importlib.import_module("bench.build").prepare(stage)
    for name in names:
        print(f"bench: {name} …", file=sys.stderr, flush=True)
        try:
            rows += importlib.import_module(f"bench.{name}").measure(stage)
        except NotMeasured as error:
            rows.append(Row(name, note=f"not measured: {error}"))
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and report; 1 if an aim is missed or something could not be measured."""
    chosen = options(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and folders are cleared
    started, load = datetime.now(UTC), report.load()
    with opened(chosen.areas, chosen.quick) as stage:
        rows = measure(chosen.only, stage)
    path = report.write(RESULTS, started, vars(chosen) | {"load_before": load}, rows)
    print(report.table(rows))
    if load is not None and load > BUSY:
        print(
            f"bench: other work was running (load {load:g} at the start): repeat when idle", file=sys.stderr
        )
    print(f"bench: written to bench/results/{path.name}", file=sys.stderr)
    return int(any(row.met is False or not row.samples for row in rows))


if __name__ == "__main__":
    sys.exit(main())
