"""Commands whose later version is there for the row of their crossing: read as they stood, in logs without that row."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benyuan.assurance.group.crossings import crossings_of
from benyuan.credit_bureau.layouts import ASKED
from benyuan.decisions.commands import REGISTRY
from benyuan.engine.group import Group
from benyuan.governance.crossings.records import CROSSING
from benyuan.usecases import crossings
from benyuan.usecases.crossings import CARRIES
from tests.unit.bureau.furnished import furnish, months, public
from tests.unit.bureau.test_debts_elsewhere import MEMBER, Both
from tests.unit.engine.groups import town
from tests.unit.engine.older import check_read, of_before
from tests.unit.group.test_crossings import SHARE, YES
from tests.unit.lending.accounts import lender_in_town
from tests.unit.lending.test_autopay import AGREED

World = tuple[Group, Callable[[], object]]


def parcel(kind: str, records: Any) -> World:
    """A lender of the group that furnishes a bureau."""
    both = Both()

    def sent() -> None:
        answer = furnish(both.bureau, records, kind=kind, member=MEMBER)
        assert answer.accepted, answer
        assert answer.results["records"] == len(records)

    return both.lender.group, sent


def correcting() -> World:
    """A month put right."""
    return parcel("correct_months", months({"account": 2, "due_fen": 8}))


def telling_inquiries() -> World:
    """What was asked elsewhere about a person with an account."""
    asked = np.zeros(1, ASKED.dtype)
    asked["subject"], asked["asked_on"], asked["purpose"] = 1, 20260301, 1
    return parcel("furnish_inquiries", asked)


def telling_judgments() -> World:
    """A judgment about the same person."""
    return parcel("furnish_public", public({}))


def sharing() -> World:
    """A customer's data handed on under a yes."""
    desk = town()
    desk.done(REGISTRY["register_lender"](name="a lender"), REGISTRY["give_consent_to"](person=1, **YES))
    return desk.group, lambda: desk.done(REGISTRY["share_data"](person=1, **SHARE))


def repaying() -> World:
    """An account repaid from a wallet."""
    lender = lender_in_town()
    return lender.group, lambda: lender.do("agree_autopay", on=20260410, **AGREED)


WORLDS: dict[str, Callable[[], World]] = {
    "correct_months": correcting,
    "furnish_inquiries": telling_inquiries,
    "furnish_public": telling_judgments,
    "share_data": sharing,
    "agree_autopay": repaying,
}


@pytest.mark.parametrize("kind", WORLDS)
def test_a_log_without_the_row_is_read(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    with monkeypatch.context() as before:
        before.setattr(crossings, "CARRIES", {})
        for name in CARRIES:
            before.setattr(REGISTRY[name], "version", REGISTRY[name].version - 1)
        with of_before(before, kind):
            group, send = WORLDS[kind]()
            send()
    check_read(group, kind)
    assert group.records.tables[CROSSING.name].count == 0
    send()
    check_read(group, kind)
    assert group.records.tables[CROSSING.name].count == 1
    assert not crossings_of(group).unproved
