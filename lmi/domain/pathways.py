"""Career pathways as pathways.yaml holds them: clusters, pathways, steps and moves, and their versions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

STAGES = ("entry", "trained", "skilled", "advanced")
STAGE_NAMES: Mapping[str, str] = {
    "entry": "Entry", "trained": "Trained", "skilled": "Skilled", "advanced": "Advanced",
}  # fmt: skip
STAGE_MEANINGS: Mapping[str, str] = {
    "entry": "no more than high school and short training",
    "trained": "a certificate, months of training, or the first years of an apprenticeship",
    "skilled": "a license, journey level, an associate's degree, or years of experience",
    "advanced": "a bachelor's degree or more, or leading others",
}
KINDS = ("advance", "lateral")
STATUSES = ("proposed", "validated", "retired")
VERSION_STATUSES = ("draft", "published", "frozen")
FILE_KEYS = ("version", "audiences", "sources", "clusters", "pathways", "crossovers")  # of pathways.yaml
UNCHECKED = ("time", "credential", "license")


@dataclass(frozen=True)
class Version:
    """What the file is. draft: may be changed; published: shown and may be copied; frozen: on record."""

    name: str
    status: str
    date: str
    note: str = ""
    copy_of: str = ""


@dataclass(frozen=True)
class Reference:
    """A source that somebody read for a move. read: ISO date."""

    id: str
    title: str
    publisher: str
    url: str
    read: str


@dataclass(frozen=True)
class Cluster:
    """A group of pathways, such as healthcare."""

    id: str
    name: str
    about: str


@dataclass(frozen=True)
class Step:
    """One occupation on a pathway."""

    soc: str
    stage: str
    status: str = "proposed"
    note: str = ""

    @property
    def column(self) -> int:
        """The stage as a number, 0 to 3."""
        return STAGES.index(self.stage)


@dataclass(frozen=True)
class Move:
    """One arrow. months: typical time from the one job to the other, low and high. state: postal code of
    the state whose rule the license is, '' for a rule of the nation. unchecked: which of time,
    credential and license no source was found for."""

    start: str
    goal: str
    kind: str
    months: tuple[float, float] | None = None
    credential: str = ""
    license: str = ""
    state: str = ""
    status: str = "proposed"
    validated_on: str = ""
    organisations: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    note: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """From and to."""
        return self.start, self.goal

    @property
    def retired(self) -> bool:
        """Whether it is only kept for the record."""
        return self.status == "retired"


@dataclass(frozen=True)
class Pathway:
    """A route through occupations. targets: the occupations that it is for; it is in demand when they are."""

    id: str
    name: str
    cluster: str
    about: str
    targets: tuple[str, ...]
    steps: tuple[Step, ...]
    moves: tuple[Move, ...]

    @property
    def live_steps(self) -> tuple[Step, ...]:
        """Steps that are not retired."""
        return tuple(step for step in self.steps if step.status != "retired")

    @property
    def live_moves(self) -> tuple[Move, ...]:
        """Moves that are not retired."""
        return tuple(move for move in self.moves if not move.retired)


@dataclass(frozen=True)
class PathwayMap:
    """All pathways of one version of the file. crossovers: moves between pathways."""

    version: Version
    clusters: tuple[Cluster, ...]
    pathways: tuple[Pathway, ...]
    crossovers: tuple[Move, ...] = ()
    sources: tuple[Reference, ...] = ()
    path_by_id: Mapping[str, Pathway] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "path_by_id", {p.id: p for p in self.pathways})

    @cached_property
    def stages(self) -> dict[str, str]:
        """The stage of every live occupation."""
        return {step.soc: step.stage for p in self.pathways for step in p.live_steps}

    @cached_property
    def live_crossovers(self) -> tuple[Move, ...]:
        """Moves between pathways that are not retired."""
        return tuple(move for move in self.crossovers if not move.retired)

    @cached_property
    def source_by_id(self) -> dict[str, Reference]:
        """The sources by id."""
        return {source.id: source for source in self.sources}

    def moves(self) -> Iterator[Move]:
        """Every live move, those between pathways last; a move of two pathways comes once."""
        seen = set()
        for move in (*(m for p in self.pathways for m in p.live_moves), *self.live_crossovers):
            if move.pair not in seen:
                seen.add(move.pair)
                yield move

    def of_occupation(self, soc: str) -> list[Pathway]:
        """The pathways on which an occupation is a live step."""
        return [p for p in self.pathways if any(step.soc == soc for step in p.live_steps)]

    def in_cluster(self, cluster: str) -> list[Pathway]:
        """The pathways of a cluster, in the order of the file."""
        return [p for p in self.pathways if p.cluster == cluster]

    def crossovers_of(self, socs: set[str]) -> list[Move]:
        """Live crossovers that begin or end at one of the occupations."""
        return [m for m in self.live_crossovers if m.start in socs or m.goal in socs]


NO_PATHWAYS = PathwayMap(Version("none", "draft", ""), (), ())
