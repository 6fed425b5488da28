"""A process that posts payments until it is killed, and acknowledges each key on its output once it has the answer.

Keys are numbered on from what the file holds; a line "ack KEY" is
written after `execute` has returned, flushed, so whoever reads it knows that the payment must last.
"""

import sys
from pathlib import Path
from random import Random

from tests.unit.engine.groups import Desk, on_file, pay


def post_for_ever(desk: Desk, dice: Random) -> None:
    """Calls of one to thirty payments of 1 fen, now and then a save."""
    while True:
        requests = [desk.request(pay(1, memo=dice.choice(("", "lunch")))) for _ in range(dice.choice((1, 1, 3, 30)))]
        answers = desk.group.execute(requests)
        lines = [f"ack {request.key}" for request, answer in zip(requests, answers, strict=True) if answer.accepted]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        if dice.randrange(10) == 0:
            desk.group.save()


def main(path: str, seed: str) -> None:
    """Open the file and post."""
    post_for_ever(on_file(Path(path)), Random(seed))
