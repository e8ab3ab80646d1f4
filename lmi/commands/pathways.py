"""python -m lmi pathways check | list | route | next."""

import argparse
import sys
from pathlib import Path
from typing import Any

from lmi.commands import terminal
from lmi.places import here

_AREA = "US, or a state, CBSA, nonmetropolitan or own region's code"


def add(commands: Any) -> None:
    """Declare the commands; commands: what argparse's add_subparsers gives."""
    about = "Career pathways: check the file, list them, find routes and next moves."
    sub = commands.add_parser("pathways", help=about, description=about)
    command = terminal.adder(sub.add_subparsers(required=True, metavar="COMMAND"))
    check = command("check", _check, "Check a pathways file: every problem with its line.")
    check.add_argument("file", nargs="?", type=Path, help="the file; pathways.yaml by default")
    listed = command("list", _list, "Every pathway with its figures in an area.")
    listed.add_argument("--audience", default="", help="whose words; the settings' audience by default")
    route = command("route", _route, "The best ways from one occupation to another.")
    route.add_argument("--from", required=True, dest="start", metavar="SOC", help="where it begins")
    route.add_argument("--to", required=True, dest="goal", metavar="SOC", help="where it leads")
    following = command("next", _next, "Where an occupation leads, and how people get there.")
    following.add_argument("soc", help="SOC code of an occupation, such as 31-1131")
    for each in (listed, route, following):
        each.add_argument("--area", required=True, help=_AREA)
        each.add_argument("--json", action="store_true", help="print JSON")


def _check(options: argparse.Namespace) -> int:
    """Every problem of a pathways file on a line of its own; 2 if there is any."""
    from lmi.sources import pathways_file
    from lmi.warehouse import pathways as facts

    places = here()
    path = options.file or places.pathways
    asked = facts.requirements(terminal.open_warehouse())
    found, problems = pathways_file.check_pathways(path, dict(zip(asked.soc, asked.title, strict=True)))
    problems += _audience_problems(path, places.rules / "weights.yaml", needed=options.file is None)
    if found is None or problems:
        for problem in dict.fromkeys(problem.line() for problem in problems):
            print(f"lmi: {problem}", file=sys.stderr)
        return 2
    moves = sum(len(pathway.moves) for pathway in found.pathways)
    print(
        f"{path.name} is in order: {len(found.clusters)} clusters, {len(found.pathways)} pathways, "
        f"{len(found.stages)} occupations, {moves} moves, {len(found.crossovers)} crossovers; "
        f"version {found.version.name} ({found.version.status})."
    )
    return 0


def _audience_problems(path: Path, weights: Path, *, needed: bool) -> list[Any]:
    """What is wrong with the audiences; a file that is not in use may do without."""
    from lmi.domain.errors import BadFile
    from lmi.domain.pathways import FILE_KEYS
    from lmi.sources import audience_file, rule_files, yaml_file

    presets = [preset.id for preset in rule_files.load_weights(weights)]
    try:
        if needed or "audiences" in yaml_file.load(path).fields(FILE_KEYS):
            audience_file.load_audiences(path, presets)
    except BadFile as problem:
        return [problem]
    return []


def _list(options: argparse.Namespace) -> int:
    from lmi.answers.options import known
    from lmi.answers.pathways import network
    from lmi.answers.pathways_export import pathways_json
    from lmi.commands import pathways_text

    desk = terminal.open_desk()
    by_id = {audience.id: audience for audience in desk.audiences}
    audience = by_id[known(options.audience or desk.settings.default_audience, list(by_id), "audience")]
    terminal.show(pathways_json(network(desk, options.area), audience), options.json, pathways_text.of_list)
    return 0


def _route(options: argparse.Namespace) -> int:
    from lmi.answers.pathways import network
    from lmi.answers.pathways_export import routes_json
    from lmi.answers.routes import routes
    from lmi.commands import pathways_text

    desk = terminal.open_desk()
    start, goal, found = desk.soc(options.start), desk.soc(options.goal), network(desk, options.area)
    terminal.show(routes_json(found, routes(found, start, goal)), options.json, pathways_text.of_routes)
    return 0


def _next(options: argparse.Namespace) -> int:
    from lmi.answers.pathways import network
    from lmi.answers.pathways_export import neighbours_json
    from lmi.answers.routes import neighbours
    from lmi.commands import pathways_text

    desk = terminal.open_desk()
    soc, found = desk.soc(options.soc), network(desk, options.area)
    terminal.show(neighbours_json(found, neighbours(found, soc)), options.json, pathways_text.of_neighbours)
    return 0
