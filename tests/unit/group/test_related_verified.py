"""Everything about related parties is decided again, and explained, as it was."""

from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.usecases import USE_CASES
from tests.unit.group.ownership import HOLDING, OWNER
from tests.unit.group.related import MILLION, TODAY, Board


def whole() -> Board:
    """A board with everything on record."""
    board = Board()
    board.do("declare_related_party", body=HOLDING, party=OWNER, ground="may_gain")
    board.plain("update_related_register", body=HOLDING)
    board.deal(20 * MILLION, approval=board.approval(20 * MILLION))
    frame = board.approval(MILLION, sort="services", framework=True)
    term = {"sort": "services", "agreement": "frame", "from_date": TODAY, "until": 20270430, "signed_on": TODAY}
    board.plain("sign_framework", body=HOLDING, party=OWNER, amount_fen=MILLION, approval=frame, **term)
    board.plain("file_governance_duty", duty=5)
    board.refused("record_related_transaction", **board.fields(20 * MILLION))
    return board


def test_the_books_are_rebuilt_and_decided_again() -> None:
    board = whole()
    report = verify(board.desk.group.store, vault=board.desk.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)


def test_a_refusal_is_explained_with_every_gate() -> None:
    board = whole()
    told = why(board.desk.group, board.desk.group.position)
    outcomes = {check.rule_id: check.outcome for check in told.checks}
    assert outcomes["fhc.rpt.approval"] == "refused"
    assert outcomes["fhc.rpt.terms"] == "passed"
    assert outcomes["fhc.ban.fi_to_fhc"] == "passed"
    assert outcomes["rpt.approval"] == "not_applicable"
