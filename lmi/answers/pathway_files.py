"""The pathways and audiences in use: the file that people edit, or the last good one in its place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lmi.domain.errors import BadFile, LmiError
from lmi.domain.pathways import NO_PATHWAYS, PathwayMap
from lmi.domain.settings import Audience
from lmi.places import Places
from lmi.sources import audience_file, last_good, pathway_versions, pathways_file, yaml_file


@dataclass(frozen=True)
class Told:
    """What pathways.yaml and the versions on record hold, and what is wrong where another one stands in."""

    audiences: tuple[Audience, ...]
    pathways: PathwayMap
    draft: PathwayMap
    problems: tuple[LmiError, ...] = ()


def told(places: Places, socs: Mapping[str, str], presets: list[str]) -> Told:
    """pathways.yaml, or the last version of it that was good (without one, its audiences alone); and the
    pathways that are published, where that is another version."""

    def read(path: Path) -> Told:
        file = yaml_file.load(path)  # once for both: it is the largest of the files
        held = pathways_file.read_pathways(file, socs)
        return Told(audience_file.read_audiences(file, presets), held, held)

    try:
        found, problem = last_good.load(places.pathways, places.build / "pathways.last-good.yaml", read)
    except BadFile as error:
        alone = audience_file.load_audiences(places.pathways, presets)
        found, problem = Told(alone, NO_PATHWAYS, NO_PATHWAYS), error
    found = replace(found, problems=(problem,)) if problem else found
    published = pathway_versions.in_use(places.pathways, places.versions)
    if published == places.pathways:
        return found
    try:
        return replace(found, pathways=pathways_file.load_pathways(published, socs))
    except BadFile as error:
        return replace(found, problems=(*found.problems, error))
