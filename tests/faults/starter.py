"""A process that has imported all that the others need, and forks one of them whenever it is asked to.

Importing takes longer than what is killed. Run as `python -m tests.faults.starter FD`, a socket: what comes in is
`[module, *arguments]` with the pipe to write to; what goes out is the number of the process, then how it ended.
"""

import gc
import json
import os
import socket
import sys

from tests.faults import closer, eraser, furnisher, giver, poster, upgrader
from tests.unit.engine.groups import pay, town

MAINS = {each.__name__.rpartition(".")[2]: each.main for each in (closer, eraser, furnisher, giver, poster, upgrader)}
LONGEST = 4_096


def serve(asked: socket.socket) -> None:
    """Fork for each request, one after the other, until nobody can ask any more."""
    while True:
        request, pipes, _, _ = socket.recv_fds(asked, LONGEST, 1)
        if not request:
            return
        module, *given = json.loads(request)
        number = os.fork()
        if number == 0:
            asked.close()
            os.dup2(pipes[0], sys.stdout.fileno())
            os.close(pipes[0])
            MAINS[module](*given)
            return
        os.close(pipes[0])
        asked.sendall(b"%d\n" % number)
        _, status = os.waitpid(number, 0)
        asked.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    warm = town()
    warm.done(pay())
    warm.group.close()
    gc.freeze()
    serve(socket.socket(fileno=int(sys.argv[1])))
