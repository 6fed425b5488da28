"""A process of its own that is killed while it works."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Killer:
    """Has processes started, and kills them."""

    def __init__(self, starter: socket.socket) -> None:
        self._starter = starter
        self._told = starter.makefile()

    def killed(self, module: str, *given: object, after_seconds: float) -> list[str]:
        """Start a module of this folder, kill it some time after its first line; its lines. It may be done by then."""
        reading, writing = os.pipe()
        with os.fdopen(reading, encoding="utf-8") as output:
            request = json.dumps([module, *map(str, given)]).encode()
            socket.send_fds(self._starter, [request], [writing])
            os.close(writing)
            number = int(self._told.readline())
            try:
                first = output.readline()
                time.sleep(after_seconds)
            finally:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            lines = (first + output.read()).split("\n")[:-1]
        ended = int(self._told.readline())
        assert ended in (0, -signal.SIGKILL), f"{module} ended by itself with {ended}"
        return lines

    def close(self) -> None:
        """Nothing more will be started."""
        self._told.close()


@contextmanager
def a_killer() -> Iterator[Killer]:
    """One process starts all that are killed; see `starter`."""
    ours, theirs = socket.socketpair()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "tests.faults.starter", str(theirs.fileno())]
    with subprocess.Popen(command, pass_fds=[theirs.fileno()], cwd=ROOT, env=environment):
        theirs.close()
        with ours:
            killer = Killer(ours)
            yield killer
            killer.close()  # whereupon the starter ends
