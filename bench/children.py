"""Commands run as a user runs them, with their time and peak memory."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.stage import ROOT, NotMeasured

# A small process in between: the peak of a child counts from the memory of the process that starts it.
_WRAPPER = """
import json, resource, subprocess, sys, time
began = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
unit = 2**20 if sys.platform == "darwin" else 2**10
print(json.dumps({"seconds": seconds, "peak_mb": peak / unit, "code": done.returncode}))
"""


@dataclass(frozen=True)
class Run:
    """Wall time from start to exit, and the largest resident memory."""

    seconds: float
    peak_mb: float


def run(arguments: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run `python ARGUMENTS` in the project; NotMeasured if it fails."""
    command = [sys.executable, "-S", "-c", _WRAPPER, sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(environment), capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    if found["code"]:
        raise NotMeasured(f"python {' '.join(arguments[:3])} ended with code {found['code']}")
    return Run(found["seconds"], found["peak_mb"])
