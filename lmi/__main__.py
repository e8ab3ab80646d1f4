"""The command line: the same answers as the pages. JSON on standard output, messages on standard
error; exit 2 for input that does not fit."""

import argparse
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lmi.domain.errors import LmiError
from lmi.places import ROOT, here


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the terminal's encoding: JSON is UTF-8
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except LmiError as error:
        print(f"lmi: {error.line()}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lmi", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], summary: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=summary, description=summary)
        sub.set_defaults(run=run)
        return sub

    areas = command("areas", _areas, "List areas, or those that match a text.")
    areas.add_argument("text", nargs="*", help="words of a present or former name, or a code")
    areas.add_argument("--json", action="store_true", help="print JSON")
    occupation = command("occupation", _occupation, "Everything known of an occupation in an area.")
    occupation.add_argument("soc", help="SOC code of an occupation or group, such as 29-1141 or 00-0000")
    occupation.add_argument("--area", required=True, help="US, or a state, CBSA or nonmetropolitan code")
    occupation.add_argument("--json", action="store_true", help="print JSON")
    rank = command("rank", _rank, "Rank an area's occupations by demand.")
    rank.add_argument("--area", required=True, help="US, or a state, CBSA or nonmetropolitan code")
    rank.add_argument("--skill", default="", help="a middle-skill rule, or all")
    rank.add_argument("--rules", default="", help="an in-demand rule")
    rank.add_argument(
        "--weights", default="", help="NAME=NUMBER,… with openings, growth, wage, concentration"
    )
    rank.add_argument("--limit", type=int, default=0, help="how many rows (all by default)")
    rank.add_argument("--json", action="store_true", help="print JSON")
    bundle = command("bundle", _bundle, "Turn publishers' raw files into data/bundled.")
    bundle.add_argument("--raw", required=True, type=Path, help="folder with the publishers' files")
    command("dictionary", _dictionary, "Write docs/data-dictionary.md from the declared tables.")
    build = command("build", _build, "Build the warehouse from data/bundled.")
    build.add_argument("--again", action="store_true", help="build even if the present one is up to date")
    return parser


def _desk() -> Any:
    from lmi.answers.desk import open_desk
    from lmi.warehouse import build
    from lmi.warehouse.connect import Warehouse

    places = here()
    with _Progress("Building the warehouse (first use)") as progress:
        path = build.ensure(places, progress)
    return open_desk(places, Warehouse(path))


def _areas(options: argparse.Namespace) -> int:
    from lmi.answers.desk import find_areas

    desk = _desk()
    text = " ".join(options.text)
    found = find_areas(desk, text)
    if not found:
        desk.area(text)  # raises with the nearest valid choices
    rows = [{"code": a.code, "name": a.name, "type": a.type, "state": " ".join(a.states)} for a in found]
    _show(rows, options.json)
    return 0


def _occupation(options: argparse.Namespace) -> int:
    from lmi.answers import export
    from lmi.answers.profile import profile

    _show(export.profile_json(profile(_desk(), options.soc, options.area)), options.json)
    return 0


def _rank(options: argparse.Namespace) -> int:
    from lmi.answers import export
    from lmi.answers.ranking import rank
    from lmi.answers.request import request_from_text

    desk = _desk()
    if options.limit < 0:
        raise SystemExit(_refuse("--limit must be 0 or more."))
    request = request_from_text(desk, options.area, options.skill, options.rules, options.weights)
    _show(export.ranking_json(rank(desk, request), options.limit), options.json)
    return 0


def _bundle(options: argparse.Namespace) -> int:
    from lmi.sources import bundle

    with _Progress("Bundling") as progress:
        written = bundle.bundle(
            options.raw, here().bundled, ROOT / "lmi" / "ui" / "shell" / "static", progress
        )
    print(f"lmi: bundled {len(written)} sources into {here().bundled}", file=sys.stderr)
    return 0


def _dictionary(options: argparse.Namespace) -> int:
    from lmi.domain.dictionary import markdown

    (ROOT / "docs" / "data-dictionary.md").write_text(markdown(), encoding="utf-8")
    return 0


def _build(options: argparse.Namespace) -> int:
    from lmi.warehouse import build

    with _Progress("Building the warehouse") as progress:
        path = build.build(here(), progress) if options.again else build.ensure(here(), progress)
    print(f"lmi: the warehouse in use is {path.name}", file=sys.stderr)
    return 0


class _Progress:
    """A progress bar on standard error, drawn from the first step on."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.bar: Any = None

    def __enter__(self) -> "_Progress":
        return self

    def __call__(self, done: int, total: int, what: str) -> None:
        from tqdm import tqdm

        if self.bar is None:
            self.bar = tqdm(total=total, desc=self.title, file=sys.stderr, unit="step", leave=False)
        self.bar.total = max(total, self.bar.total)
        self.bar.n = done if total > 1 else self.bar.total
        self.bar.set_postfix_str(what[:50])

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.close()


def _refuse(message: str) -> int:
    print(f"lmi: {message}", file=sys.stderr)
    return 2


def _show(answer: Any, as_json: bool) -> None:
    """JSON, or the same as plain lines for people."""
    if as_json:
        json.dump(answer, sys.stdout, ensure_ascii=False, allow_nan=False)
        sys.stdout.write("\n")
        return
    from lmi.answers import export

    sys.stdout.write(export.as_text(answer))


if __name__ == "__main__":
    sys.exit(main())
