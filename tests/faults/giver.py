"""A process in which an insurer lends its holding company's owner a fen again and again, until it is killed.

Now and then a fen comes back. A line "ack N" is written when transaction N is answered, flushed.
"""

import sys
from pathlib import Path
from random import Random

from benyuan.decisions.commands import REGISTRY
from tests.unit.engine.groups import Desk, on_file
from tests.unit.group.ownership import INSURER, OWNER
from tests.unit.group.related import PLAIN, TODAY

LOAN = {"body": INSURER, "party": OWNER, "sort": "finance", "amount_fen": 1, "signed_on": TODAY}
LOAN["funds"] = "fixed_income"


def give_for_ever(desk: Desk, dice: Random) -> None:
    """One to four at a time."""
    while True:
        deals = [REGISTRY["record_related_transaction"](**LOAN, **PLAIN) for _ in range(dice.choice((1, 1, 4)))]
        made = [answer.results["transaction"] for answer in desk.ask(*deals)]
        sys.stdout.write("".join(f"ack {number}\n" for number in made))
        sys.stdout.flush()
        if dice.randrange(3) == 0:
            desk.ask(REGISTRY["return_related_finance"](transaction=made[0], amount_fen=1))


def main(path: str, seed: str) -> None:
    """Open the file and give."""
    give_for_ever(on_file(Path(path)), Random(seed))
