"""The app as a user starts it, on a free port, and surely stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from bench.stage import ROOT, NotMeasured, Stage

START_SECONDS = 30


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def app(stage: Stage) -> Iterator[int]:
    """The running app's port. Its process group is ended afterwards, whatever happened."""
    port = free_port()
    process = begin(stage, port)
    try:
        wait(process, port)
        yield port
    finally:
        end(process)


def begin(stage: Stage, port: int) -> subprocess.Popen[bytes]:
    """The app as it starts on a port, in a process group of its own."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true",
               f"--server.port={port}", "--server.fileWatcherType=none"]  # fmt: skip
    return subprocess.Popen(
        command, cwd=ROOT, env=stage.environment, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def wait(process: subprocess.Popen[bytes], port: int) -> None:
    """Until the app answers; NotMeasured if it does not."""
    direct = build_opener(ProxyHandler({}))
    for _ in range(START_SECONDS * 20):
        if process.poll() is not None:
            break
        with suppress(URLError, OSError), direct.open(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
            return
        time.sleep(0.05)
    raise NotMeasured("the app did not start")


def end(process: subprocess.Popen[bytes]) -> None:
    """End the app and all that it started."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        try:
            process.wait(timeout=10)
            return
        except subprocess.TimeoutExpired:
            continue
