import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from lmi import __main__
from lmi.places import ROOT


@pytest.fixture
def lmi(real_places, monkeypatch, capsys) -> Callable:
    """Run a command in this process: lmi("areas", "austin", code=0) gives what it printed."""
    monkeypatch.setenv("LMI_BUILD_DIR", str(real_places.build))
    for name in ("LMI_SETTINGS", "LMI_PATHWAYS", "LMI_BUNDLED_DIR"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, code: int = 0):
        try:
            found = __main__.main(arguments)
        except SystemExit as stop:
            found = stop.code
        printed = capsys.readouterr()
        assert found == code, printed.err
        return printed

    return run


@pytest.fixture
def shell(real_places) -> Callable:
    """Run a command as a process of its own."""

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess:
        env = {k: v for k, v in os.environ.items() if not k.startswith("LMI_")}
        env |= {"LMI_BUILD_DIR": str(real_places.build), "LMI_REFRESHED_DIR": str(real_places.refreshed)}
        env |= settings
        command = [sys.executable, "-m", "lmi", *arguments]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    return run
