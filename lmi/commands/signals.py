"""python -m lmi signals: what the real-time series say of an area now."""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from lmi.commands import terminal


def add(commands: Any) -> None:
    """Declare the command; commands: what argparse's add_subparsers gives."""
    about = "Job postings, unemployment, employment, job openings (JOLTS) and posted pay of an area now."
    sub = commands.add_parser("signals", help=about, description=about)
    sub.add_argument(
        "--area", required=True, help="US, or a state, CBSA, nonmetropolitan or own region's code"
    )
    sub.add_argument("--json", action="store_true", help="print JSON")
    sub.set_defaults(run=_signals)


def _signals(options: argparse.Namespace) -> int:
    from lmi.answers.export import as_text
    from lmi.answers.signals import posting_sectors, signals
    from lmi.answers.signals_export import signal_json, signals_json

    desk = terminal.open_desk()
    today = datetime.now(UTC).date().isoformat()
    found = signals(desk, desk.area(options.area), today)
    if options.json:
        terminal.show(signals_json(found, posting_sectors(desk, today)), as_json=True)
        return 0
    columns = ("name", "area", "value", "unit", "change_3m", "change_12m", "change_unit", "trend", "date")
    rows = [{name: told[name] for name in columns} | {"old": "old" if told["old"] else ""}
            for told in (signal_json(signal, series=False) for signal in found.items)]  # fmt: skip
    sys.stdout.write(as_text(rows))
    sources = dict.fromkeys(signal.source for signal in found.items)
    sys.stdout.write("".join(f"{line}\n" for line in [*(f"{s}." for s in sources), *found.notes]))
    return 0
