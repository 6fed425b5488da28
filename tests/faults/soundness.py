"""What must hold of any store after any fault, checked apart from `verify` and then by it.

Worked: a log of 14 commands has the positions 1 to 14, as many keys that lead to them, and books that add up to
nought.
"""

from collections.abc import Iterable

from benyuan.decisions.outcomes import Outcome
from benyuan.engine.group import Group
from benyuan.engine.verify import verify
from benyuan.usecases import USE_CASES
from tests.unit.engine.groups import Desk, keys_of, memory_of, words_unkept


def check_sound(group: Group) -> None:
    """Log, journal, records, keys and payloads agree, and memory is what a restart makes of the store."""
    check_log(group)
    check_books(group)
    assert sorted(keys_of(group).values()) == list(range(1, group.position + 1)), "keys and log positions differ"
    assert memory_of(Desk(group.store, vault=group.vault).group) == memory_of(group), (
        "a restart would have something else in memory"
    )
    report = verify(group.store, vault=group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], words_unkept(group.store))
    assert report.head == group.head.hex()


def check_log(group: Group) -> None:
    """Blocks without gaps, each chained to the one before, with a payload for each commitment."""
    position = leg = 1
    head = bytes(32)
    for seq, block in enumerate(group.store.blocks(), 1):
        assert (block.seq, block.previous, block.hash) == (seq, head, block.digest())
        assert (block.first_position, block.first_leg) == (position, leg)
        if block.commands:
            for place in group.reader.open(block).body["commitments"]:
                assert group.store.payload(block.first_position + int(place)) is not None, "a payload is missing"
        position, leg, head = position + block.commands, leg + block.legs, block.hash
    assert (group.position, group.ledger.leg_count, group.head) == (position - 1, leg - 1, head)


def check_books(group: Group) -> None:
    """Every book adds up to nought in every unit."""
    for book in range(1, group.records.tables["institution"].count + 1):
        lines = group.ledger.trial_balance(book=book)
        for unit in {line.unit for line in lines}:
            assert sum(line.debits_posted - line.credits_posted for line in lines if line.unit == unit) == 0
            assert sum(line.debits_pending - line.credits_pending for line in lines if line.unit == unit) == 0


def accepted_payments(group: Group) -> dict[str, int]:
    """The key and the log position of every accepted payment, none twice."""
    found: dict[str, int] = {}
    for block in group.store.blocks():
        if block.kind == "pay":
            opened = group.reader.open(block)
            batch = opened.batch()
            for key, position, status in zip(batch.keys, batch.position.tolist(), opened.status, strict=True):
                if status == Outcome.accepted:
                    assert key not in found, f"{key} was paid twice"
                    found[key] = position
    return found


def check_paid_once(desk: Desk, *, keys: Iterable[str], amount_fen: int = 1) -> None:
    """Each of these keys has one payment, and merchant 1 has the money of all payments, no more and no less."""
    paid = accepted_payments(desk.group)
    lost = sorted(set(keys) - set(paid))
    assert not lost, f"{len(lost)} acknowledged payments are lost, the first of them {lost[0]}"
    assert desk.of_merchant(1) == amount_fen * len(paid)
