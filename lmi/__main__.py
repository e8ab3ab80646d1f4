"""The command line: the same answers as the pages. JSON on standard output, messages on standard
error; exit 2 for input that does not fit."""

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lmi.commands import comments, convenings, events, passcode, pathways, refresh, signals, terminal
from lmi.commands.terminal import Progress as _Progress
from lmi.commands.terminal import open_desk as _desk
from lmi.commands.terminal import show as _show
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

    command = terminal.adder(commands)
    areas = command("areas", _areas, "List areas, or those that match a text.")
    areas.add_argument("text", nargs="*", help="words of a present or former name, or a code")
    areas.add_argument("--json", action="store_true", help="print JSON")
    occupation = command("occupation", _occupation, "Everything known of an occupation in an area.")
    occupation.add_argument("soc", help="SOC code of an occupation or group, such as 29-1141 or 00-0000")
    occupation.add_argument("--area", required=True, help="US, or a state, CBSA or nonmetropolitan code")
    occupation.add_argument("--skill", default="", help="the middle-skill rule that decides the award levels")
    occupation.add_argument("--method", default="graduates", help=_METHODS)
    occupation.add_argument("--levels", default="", help=_LEVELS)
    occupation.add_argument("--baseline", default="all", help=_BASELINES)
    occupation.add_argument("--json", action="store_true", help="print JSON")
    rank = command("rank", _rank, "Rank an area's occupations by demand.")
    rank.add_argument("--area", required=True, help="US, or a state, CBSA or nonmetropolitan code")
    rank.add_argument("--skill", default="", help="a middle-skill rule, or all")
    rank.add_argument("--rules", default="", help="an in-demand rule")
    rank.add_argument(
        "--weights", default="", help="NAME=NUMBER,… with openings, growth, wage, concentration, gap"
    )
    rank.add_argument("--limit", type=int, default=0, help="how many rows (all by default)")
    rank.add_argument("--json", action="store_true", help="print JSON")
    _training_commands(command)
    for part in (pathways, events, refresh, signals, comments, convenings, passcode):
        part.add(commands)
    coverage = command("coverage", _coverage, "How far the facts reach, and what is missing.")
    coverage.add_argument("--json", action="store_true", help="print JSON")
    bundle = command("bundle", _bundle, "Turn publishers' raw files into data/bundled.")
    bundle.add_argument("--raw", required=True, type=Path, help="folder with the publishers' files")
    command("dictionary", _dictionary, "Write docs/data-dictionary.md from the declared tables.")
    build = command("build", _build, "Build the warehouse from data/bundled.")
    build.add_argument("--again", action="store_true", help="build even if the present one is up to date")
    return parser


_METHODS = "how completions are apportioned: graduates, openings or whole"
_LEVELS = "award levels: sub (below the bachelor's degree) or all; by default those of the skill rule"
_BASELINES = "what shares are held against: all, group, state or local"
_AREA = "US, or a state, CBSA or nonmetropolitan code"


def _training_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """completions, gaps and supply."""
    completions = command("completions", _completions, "Awards conferred in an area.")
    completions.add_argument("--area", required=True, help=_AREA)
    completions.add_argument("--cip", default="", help="a program such as 51.3801, or a group: 51.38, 51")
    completions.add_argument(
        "--year", default="", help="in which the academic year ends; the newest by default"
    )
    gaps = command("gaps", _gaps, "Where a group is missing: shares against a baseline.")
    gaps.add_argument("--area", required=True, help=_AREA)
    gaps.add_argument("--group", required=True, help="women, black, asian or hispanic")
    gaps.add_argument("--baseline", default="all", help=_BASELINES)
    gaps.add_argument("--skill", default="", help="a middle-skill rule, or all")
    gaps.add_argument("--rules", default="", help="an in-demand rule")
    gaps.add_argument("--every", action="store_true", help="also occupations that are not in demand")
    supply = command("supply", _supply, "Openings against completions, with reconciled totals.")
    supply.add_argument("--area", required=True, help=_AREA)
    supply.add_argument("--method", default="graduates", help=_METHODS)
    supply.add_argument("--skill", default="", help="the middle-skill rule that decides the award levels")
    supply.add_argument("--levels", default="", help=_LEVELS)
    for each in (completions, gaps, supply):
        each.add_argument("--json", action="store_true", help="print JSON")


def _areas(options: argparse.Namespace) -> int:
    from lmi.answers.area_names import find_areas

    desk = _desk()
    text = " ".join(options.text)
    found = find_areas(desk.areas, text)
    if not found:
        desk.area(text)  # raises with the nearest valid choices
    rows = [{"code": a.code, "name": a.name, "type": a.type, "state": " ".join(a.states)} for a in found]
    _show(rows, options.json)
    return 0


def _occupation(options: argparse.Namespace) -> int:
    from lmi.answers import employers_said, export
    from lmi.answers.profile import Choice, profile
    from lmi.answers.training import training

    desk = _desk()
    choice = Choice(_skill_rule(desk, options.skill), options.method, options.levels, options.baseline)
    found = profile(desk, options.soc, options.area, choice)
    answer = export.profile_json(found)
    answer["programs"] = export.programs_json(training(desk, found.area, found.soc, found.supply))
    answer["programs_note"] = found.supply.reason
    answer["employers"] = employers_said.as_json(desk, found.area, found.soc)
    _show(answer, options.json)
    return 0


def _skill_rule(desk: Any, text: str) -> str:
    from lmi.answers.options import known

    return known(text or desk.settings.default_skill_rule, [*desk.skill_rules.ids(), "all"], "skill rule")


def _completions(options: argparse.Namespace) -> int:
    from lmi.answers.completions import completions

    desk = _desk()
    _show(completions(desk, desk.area(options.area), options.cip, options.year), options.json)
    return 0


def _gaps(options: argparse.Namespace) -> int:
    from lmi.answers import export
    from lmi.answers.options import known
    from lmi.answers.people import representation
    from lmi.answers.ranking import rank
    from lmi.answers.request import request_from_text
    from lmi.domain.groups import GROUP_BY_ID

    known(options.group, list(GROUP_BY_ID), "group")
    desk = _desk()
    ranking = rank(desk, request_from_text(desk, options.area, options.skill, options.rules))
    found = representation(desk, ranking, options.baseline)
    _show(export.gaps_json(found, options.group, not options.every), options.json)
    return 0


def _supply(options: argparse.Namespace) -> int:
    from lmi.answers import export, local
    from lmi.answers.supply import levels_of, supply

    desk = _desk()
    levels = levels_of(_skill_rule(desk, options.skill), options.levels)
    here = local.load(desk, desk.area(options.area))
    _show(export.supply_json(supply(desk, here, options.method, levels)), options.json)
    return 0


def _coverage(options: argparse.Namespace) -> int:
    from lmi.answers.coverage import coverage

    _show([measure.as_json() for measure in coverage(_desk())], options.json)
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


def _refuse(message: str) -> int:
    print(f"lmi: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
