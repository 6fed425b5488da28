"""Commands as an earlier version of them stood in the log, and what must hold of a log that has such commands.

Worked: `pay` of version 1 has no column `merchant_code`; read today it has one, and it is 0.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest

from benyuan.decisions.commands import REGISTRY, Identity
from benyuan.engine import codec, group
from benyuan.engine.group import Group
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.usecases import USE_CASES
from benyuan.usecases.protection.claims.shown import PAPERS

SHEET = ("cost_sheet", "rate_shown")
SHOWN = ("lender", "document", *PAPERS)
LATER: dict[str, tuple[str, ...]] = {
    "add_evidence": ("against_staff", "institution", "bureau", *SHOWN),
    "agree_autopay": (),
    "agree_contact_hours": (),
    "answer_customer_complaint": ("examiner", "no_interest", "redress_command"),
    "answer_debt_claim": (),
    "answer_own_data": ("carried_out",),
    "ask_review": (),
    "assess_borrower": ("student_evidence", "other_debts_fen"),
    "climb_duties": (),
    "confirm_cost_sheet": (),
    "confirm_level": (),
    "correct_months": (),
    "decide_complaint_review": ("no_interest", "redress_command"),
    "delete_account": (),
    "disclose_ownership": ("reader", "task"),
    "disclose_person": ("reader", "task"),
    "draw_further": SHEET,
    "draw_loan": (),
    "draw_report": ("reader",),
    "exit_merchant": (),
    "extend_loan": SHEET,
    "furnish_inquiries": (),
    "furnish_public": (),
    "give_consent_to": (),
    "hand_out_data": ("reader",),
    "inquire": ("debts_fen", "reader"),
    "list_collector": ("name",),
    "look": ("reader",),
    "make_plan": (),
    "offer_loan": ("need_fen",),
    "open_credit_account": (),
    "pay": ("merchant_code",),
    "plan_contact": ("guarantor",),
    "publish_fees": ("returned",),
    "publish_product_terms": ("exit_fee_ppm", "exit_fee_days", "pay_days"),
    "record_contact": ("guarantor",),
    "record_data_incident": ("measures",),
    "register_product": ("partners",),
    "report_data_incident": ("kinds", "items"),
    "rerate_product": ("minutes", "evidence"),
    "sell_investment": (),
    "send_message": (),
    "set_lending_policy": ("registered_only",),
    "settle": ("through",),
    "share_data": (),
    "stop_collection": (),
    "take_customer_complaint": (),
    "tell_circumstances": ("evidence",),
    "tell_holder": ("evidence",),
    "test_suitability": (),
    "update_data_incident": (),
    "withdraw": ("fee_fen",),
    "withdraw_consent_to": ("purpose",),
    "withdraw_customer_complaint": ("institution", "bureau", *SHOWN),
    "withdraw_debt_claim": SHOWN,
}
"""For each command of more than one version the columns of the log that its first version did not have."""


@contextmanager
def of_before(
    monkeypatch: pytest.MonkeyPatch, *kinds: str, ungated: tuple[str, ...] = (), nobodys: tuple[str, ...] = ()
) -> Iterator[None]:
    """These commands are of their first versions, without the columns that came later.

    Of `ungated` nothing is asked; `nobodys` were of no person's and knew no papers.
    """
    being_written: list[str] = [""]
    log = Group._log

    def writes(self: Group, part: Any, *rest: Any, **more: Any) -> None:
        being_written[0] = part.batch.kind
        log(self, part, *rest, **more)
        being_written[0] = ""

    def thin(columns: Any) -> dict[str, Any]:
        later = LATER[being_written[0]] if being_written[0] in kinds else ()
        return codec.thin_columns({name: column for name, column in columns.items() if name not in later})

    with monkeypatch.context() as old:
        for kind in kinds:
            old.setattr(REGISTRY[kind], "version", 1)
        for kind in nobodys:
            old.setattr(REGISTRY[kind], "identity", classmethod(lambda *_: Identity(text="", contact="", derived={})))
        for kind in ungated:
            old.setattr(type(USE_CASES[kind]), "gates", ())
            old.setattr(type(USE_CASES[kind]), "faults", lambda *_: {})
            old.setattr(REGISTRY[kind], "personal_fault", classmethod(lambda *_: None))
        old.setattr(Group, "_log", writes)
        old.setattr(group, "thin_columns", thin)
        yield


def check_read(read: Group, *kinds: str) -> None:
    """Each of these stands in the log as it was, is read with what came later, and is folded and not decided again."""
    found = dict.fromkeys(kinds, 0)
    for block in read.store.blocks(after=0):
        if block.kind not in kinds or block.version == REGISTRY[block.kind].version:
            continue
        found[block.kind] += block.commands
        opened = read.reader.at_position(block.first_position)
        assert not set(LATER[block.kind]) & set(opened.body["columns"])
        row = opened.batch().row(0)
        optional = {field.name for field in _fields(block.kind) if not field.required}
        assert set(LATER[block.kind]) & optional <= set(row)
        assert why(read, block.first_position).text()
    assert all(found.values()), found
    report = verify(read.store, vault=read.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences) == ([], [])
    assert report.undecidable >= sum(found.values())


def _fields(kind: str) -> Any:
    return msgspec.structs.fields(REGISTRY[kind])
