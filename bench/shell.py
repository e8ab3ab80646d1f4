"""Wall time of the command line, from the shell."""

from bench import children
from bench.report import Row
from bench.stage import DEFAULT_AREA, Stage

OCCUPATION = ["-m", "lmi", "occupation", "47-2111", "--area", DEFAULT_AREA, "--json"]
RANK = ["-m", "lmi", "rank", "--area", DEFAULT_AREA, "--limit", "15", "--json"]
AREAS = ["-m", "lmi", "areas", "austin", "--json"]


def measure(stage: Stage) -> list[Row]:
    """The three commands, interpreter start and imports included."""
    rows = []
    for name, command, aim in (("occupation", OCCUPATION, 1.0), ("rank", RANK, None), ("areas", AREAS, None)):
        children.run(command, stage.environment)
        seconds = [children.run(command, stage.environment).seconds for _ in range(stage.repeats(7))]
        rows.append(Row(f"shell: lmi {name}", tuple(seconds), "s", aim, "median"))
    return rows
