"""Places, codes, cycles, sellers, provision, recoveries, fees: kept over a restart, decided again alike, asked twice.

Worked: 50.00 paid, settled, disputed and decided for the customer cost the provision 30.00 and own funds 20.00; 40.00
come back, and the provision is full again.
"""

from pathlib import Path

import pytest

from benyuan.engine.verify import verify
from benyuan.payments.vocabulary import (
    ProvisionMove,
    RecoverySource,
)
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases import USE_CASES
from benyuan.usecases.fund import FundOwn
from benyuan.usecases.issue_merchant_code import IssueShown
from benyuan.usecases.recover_advance import Recover
from benyuan.usecases.set_provision import Provide
from tests.unit.engine.groups import (
    HOUR,
    found_town,
    in_memory,
    memory_of,
    on_file,
    stored_by,
    vault_beside,
)
from tests.unit.engine.merchant_life import by_code, live


def test_it_is_kept_over_a_restart_and_decided_again_alike(tmp_path: Path) -> None:
    file = tmp_path / "group.db"
    desk = found_town(on_file(file))
    live(desk)
    before, stored = memory_of(desk.group), stored_by(desk.group)
    desk.group.close()
    again = on_file(file)
    assert memory_of(again.group) == before
    assert stored_by(again.group)["records"] == stored["records"]
    again.group.close()
    report = verify(SqliteStore(file, read_only=True), vault=vault_beside(file), use_cases=USE_CASES)
    assert (report.ok, report.faults, report.differences, report.undecidable) == (True, [], [], 0)


def test_what_the_dispute_cost_and_what_came_back() -> None:
    desk = found_town(in_memory())
    live(desk)
    provision = int(desk.group.records.tables["risk_provision"].column("account")[1])
    (cover,) = desk.group.records.tables["dispute_cover"].rows().tolist()
    assert -desk.balance(provision) == 3_000
    assert cover == [1, 3_000, 4_000]


def test_a_merchants_code_in_one_call_pays_once() -> None:
    desk = found_town(in_memory())
    desk.done(*(IssueShown(merchant=1, merchant_code=n, amount_fen=500, expires_at=desk.now + HOUR) for n in (7, 8)))
    answers = desk.ask(*[by_code(7)] * 3, by_code(8))
    assert answers.counts() == {"accepted": 2, "refused": 2}
    first = desk.ask(by_code(7))[0]
    assert first.refusal is not None
    assert first.refusal.figures == {"used_by": answers[0].position}


def test_the_first_provision_twice_in_one_call_opens_one_account() -> None:
    desk = found_town(in_memory())
    desk.done(FundOwn(institution=1, amount_fen=100))
    accounts = desk.group.ledger.account_count
    aside = Provide(institution=1, amount_fen=60, move=ProvisionMove.set_aside, reference="decision")
    assert desk.ask(aside, aside).counts() == {"accepted": 1, "invalid": 1}
    assert desk.group.ledger.account_count == accounts + 1


def test_recoveries_in_one_call_never_exceed_the_advance() -> None:
    desk = found_town(in_memory())
    live(desk)
    back = Recover(dispute=1, amount_fen=300, source=RecoverySource.paid_in, reference="notice")
    told = desk.group.records.tables["dispute"]
    left = int(told.column("advanced_fen")[1]) - 4_000
    assert desk.ask(*[back] * 9).counts()["accepted"] == left // 300


@pytest.mark.parametrize("key", ["k", "another"])
def test_the_same_key_books_once(key: str) -> None:
    desk = found_town(in_memory())
    desk.done(FundOwn(institution=1, amount_fen=100))
    aside = Provide(institution=1, amount_fen=60, move=ProvisionMove.set_aside, reference="decision")
    first, again = desk.one(aside, key=key), desk.one(aside, key=key)
    assert (first.accepted, again.repeated, again.position) == (True, True, first.position)
