"""A process of its own that is killed while it works."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def killed(module: str, *given: object, after_seconds: float) -> list[str]:
    """Start a module of this folder, kill it some time after its first line (it may be done by then); its lines."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.faults.{module}", *map(str, given)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
    )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        time.sleep(after_seconds)
    finally:
        process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    assert process.returncode in (0, -signal.SIGKILL), f"{module} ended by itself with {process.returncode}"
    return (first + rest).split("\n")[:-1]
