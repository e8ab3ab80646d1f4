"""Time and peak memory of a warehouse build, as `python -m lmi build` does it."""

from tempfile import TemporaryDirectory

from bench import children
from bench.report import Row
from bench.stage import Stage


def measure(stage: Stage) -> list[Row]:
    """Build into an empty folder each time; interpreter start and imports count."""
    runs = []
    for _ in range(stage.repeats(5)):
        with TemporaryDirectory(prefix="lmi-bench-build-") as folder:
            environment = stage.environment | {"LMI_BUILD_DIR": folder}
            runs.append(children.run(["-m", "lmi", "build", "--again"], environment))
    return [
        Row(
            "build time", tuple(r.seconds for r in runs), "s", 5, "max", "python -m lmi build, start to exit"
        ),
        Row("build peak memory", tuple(r.peak_mb for r in runs), "MB", 1024, "max"),
    ]


def prepare(stage: Stage) -> None:
    """Build the warehouse that the other measurements use."""
    children.run(["-m", "lmi", "build"], stage.environment)
