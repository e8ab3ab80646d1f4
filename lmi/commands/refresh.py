"""python -m lmi refresh realtime: fetch newer data from its publishers."""

import argparse
from typing import Any


def add(commands: Any) -> None:
    """Declare the command; commands: what argparse's add_subparsers gives."""
    about = "Fetch newer data from its publishers and build the warehouse with it."
    sub = commands.add_parser("refresh", help=about, description=about)
    sub.add_argument("what", choices=["realtime"], help="realtime: job postings and monthly BLS series")
    sub.add_argument(
        "--area", nargs="+", action="extend", default=[], metavar="CODE",
        help="further areas for the BLS series, beside the default one, its states and the nation",
    )  # fmt: skip
    sub.add_argument("--dry-run", action="store_true", help="say what would be fetched, and fetch nothing")
    sub.set_defaults(run=_refresh)


def _refresh(options: argparse.Namespace) -> int:
    from lmi.commands.refresh_run import realtime_data

    return realtime_data(options.area, dry_run=options.dry_run)
