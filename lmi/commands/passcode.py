"""python -m lmi passcode: another passcode for the coordinators. Whoever runs commands owns the machine, so
no sign-in is asked."""

import argparse
import sys
from typing import Any

from lmi.commands import terminal


def add(commands: Any) -> None:
    """Declare the command. commands: what argparse's add_subparsers gives."""
    summary = "Make another passcode for the coordinators."
    parser = commands.add_parser("passcode", help=summary, description=summary)
    command = terminal.adder(parser.add_subparsers(required=True, metavar="WHAT"))
    command("new", _new, "Make and print another passcode; the former one no longer works.")


def _new(_: argparse.Namespace) -> int:
    from lmi.contributions import opened, passcode

    print(passcode.renew(opened.store(), "the command line"))
    print(
        "lmi: this is the passcode now. It is shown once; only its hash is kept. The former one no longer "
        "works, and whoever signed in with it has to sign in again.",
        file=sys.stderr,
    )
    return 0
