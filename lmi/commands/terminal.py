"""What all commands share: the desk, a progress bar on standard error, JSON or text on standard output."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from lmi.places import here


def adder(commands: Any) -> Callable[..., argparse.ArgumentParser]:
    """A function that declares one command: its name, what runs it, what it does in a sentence.

    commands: what argparse's add_subparsers gives.
    """

    def command(name: str, run: Callable[[argparse.Namespace], int], summary: str) -> argparse.ArgumentParser:
        found: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=summary)
        found.set_defaults(run=run)
        return found

    return command


def open_warehouse() -> Any:
    """The warehouse in use, built first where there is none."""
    from lmi.warehouse import build
    from lmi.warehouse.connect import Warehouse

    with Progress("Building the warehouse (first use)") as progress:
        path = build.ensure(here(), progress)
    return Warehouse(path)


def open_desk(as_of: str = "") -> Any:
    """The desk of this installation; LmiError for a mistake in any of its files.

    as_of: the day from which events count, ISO date; '' = today, by this machine's clock.

    The app goes on with the last good pathways; a command refuses, so that what it prints depends on the
    files as they are and not on what an earlier run kept.
    """
    from lmi.answers import adjusted, desk
    from lmi.contributions.store import Unkept

    found = desk.open_desk(here(), open_warehouse(), as_of or date.today().isoformat())  # noqa: DTZ011
    if found.problems:
        raise found.problems[0]
    try:
        return desk.with_adjustments(found, adjusted.load(found.as_of))
    except Unkept as error:
        print(f"Without what employers said: {error.line()}", file=sys.stderr)
        return found


class Progress:
    """A progress bar on standard error, drawn from the first step on."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.bar: Any = None

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, done: int, total: int, what: str) -> None:
        """Draw how far it is: so many of all steps, and what is being done."""
        from tqdm import tqdm

        if self.bar is None:
            self.bar = tqdm(total=total, desc=self.title, file=sys.stderr, unit="step", leave=False)
        self.bar.total = max(total, self.bar.total)
        self.bar.n = done if total > 1 else self.bar.total
        self.bar.set_postfix_str(what[:50])

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.close()


def show(answer: Any, as_json: bool, text: Callable[[Any], str] | None = None) -> None:
    """JSON, or the same as plain lines for people; text: what makes those lines where it is not usual."""
    if as_json:
        json.dump(answer, sys.stdout, ensure_ascii=False, allow_nan=False)
        sys.stdout.write("\n")
        return
    from lmi.answers import export

    sys.stdout.write((text or export.as_text)(answer))
