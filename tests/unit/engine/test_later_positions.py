"""A command that names a log position sees only what stands before it, now and when it is decided again."""

from benyuan.decisions.outcomes import Outcome
from benyuan.engine.verify import verify
from benyuan.usecases import USE_CASES
from benyuan.usecases.refund import Refund
from tests.unit.engine.groups import in_memory, pay, town


def test_a_refund_of_a_payment_that_is_yet_to_come() -> None:
    desk = town()
    next_but_one = desk.group.position + 2
    early = desk.one(Refund(payment=next_but_one, amount_fen=5))
    paid = desk.one(pay(100))
    assert (early.outcome, paid.outcome, paid.position) == (Outcome.invalid, Outcome.accepted, next_but_one)
    assert verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES).ok


def test_a_log_of_faults_alone_has_no_accounts_and_holds() -> None:
    desk = in_memory()
    assert desk.one(pay(100)).outcome is Outcome.invalid
    desk.group.save()
    report = verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES)
    assert (report.ok, report.commands, report.faults) == (True, 1, [])
