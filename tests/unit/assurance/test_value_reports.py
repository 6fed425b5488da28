"""Reports of large and suspicious values: the annex's elements, lines that add up, the missing named."""

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import msgspec
import pytest

from benyuan.assurance.reports import Drawn, draw, outline, write_report
from benyuan.assurance.reports.elements import LARGE_VALUE, SUSPICIOUS, Element, State
from benyuan.payments.flows import FLOWS, IN, OUT
from benyuan.payments.monitoring.records import Verdict
from benyuan.payments.vocabulary import Authentication, CardKind
from benyuan.simulate.identities import credit_code, someone
from benyuan.usecases.bind_bank_account import Bind
from benyuan.usecases.close_day import Close
from benyuan.usecases.judge_case import Judge
from benyuan.usecases.open_case import Suspect
from benyuan.usecases.settle import Settle
from benyuan.usecases.top_up import TopUp
from benyuan.usecases.transfer import Transfer
from benyuan.usecases.withdraw import Withdraw
from benyuan.values.errors import BadInput
from tests.faults.soundness import check_sound
from tests.unit.engine.groups import HOUR, Desk, pay, town

DAY = 20260501
LARGE_FEN = 50_000_000
"""A natural person's threshold (163号, item 二（三）)."""


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = town()
    with closing(made.group):
        yield made


def close(desk: Desk) -> None:
    """The day after, the day is closed."""
    desk.now += 24 * HOUR
    desk.done(Close(institution=1, date=DAY, statement_fen=0))


def drawn(desk: Desk, duty: int, **added: str) -> Drawn:
    return draw(desk.group, outline(desk.group, duty=duty), added=added)


def values(line: tuple[Element, ...]) -> dict[str, str]:
    return {each.element: each.value for each in line}


def duties(desk: Desk) -> list[dict[str, Any]]:
    held = desk.group.records.tables["duty"]
    return [
        {"duty": number, **{name: int(held.column(name)[number]) for name in held.table.columns}}
        for number in range(1, held.count + 1)
    ]


def test_the_lists_are_as_long_as_those_of_the_annex() -> None:
    assert (len(LARGE_VALUE.names), len(SUSPICIOUS.names)) == (45, 29)
    assert len(set(LARGE_VALUE.names)) == 45
    assert len(set(SUSPICIOUS.names)) == 29


def test_a_line_for_each_transaction_of_the_sum(desk: Desk) -> None:
    desk.done(TopUp(wallet=1, bank_account=3, amount_fen=30_000_000))
    desk.done(TopUp(wallet=1, bank_account=3, amount_fen=20_000_000 - 10_000))  # 100.00 yuan came in before
    close(desk)
    report = drawn(desk, 1)
    assert report.head["amount_fen"] == LARGE_FEN
    assert [values(line)["amount"] for line in report.lines] == ["100.00", "300000.00", "199900.00"]
    said = values(report.lines[1])
    person = someone(1)
    assert (said["customer_name"], said["customer_number"]) == (person["full_name"], person["number"])
    assert (said["account"], said["direction"], said["feature_code"]) == (
        "wallet:1",
        "in",
        "aml.large.natural_domestic",
    )
    assert said["other_name"] == person["full_name"]
    assert (said["time"][:10], said["customer_nationality"]) == ("2026-05-01", "CHN")


def test_missing_elements_are_named_and_can_be_added(desk: Desk) -> None:
    desk.done(TopUp(wallet=1, bank_account=3, amount_fen=LARGE_FEN))
    close(desk)
    missing = drawn(desk, 1).head["missing"]
    assert {"institution_code", "branch_code", "place", "other_branch_code"} <= set(missing)
    assert not {"agent_name", "cross_border_code"} & set(missing), "what does not apply is not missing"
    report = drawn(desk, 1, institution_code="Z1", place="330106")
    assert set(report.head["missing"]) == set(missing) - {"institution_code", "place"}
    assert values(report.lines[0])["place"] == "330106"


def test_an_element_that_no_list_has_is_refused(desk: Desk) -> None:
    desk.done(TopUp(wallet=1, bank_account=3, amount_fen=LARGE_FEN))
    close(desk)
    with pytest.raises(BadInput, match="colour"):
        drawn(desk, 1, colour="red")


def test_every_side_adds_up_to_its_duty(desk: Desk) -> None:
    """Transfers, payments by wallet and card, settlement: each duty's lines are its sum, to the fen."""
    desk.done(
        TopUp(wallet=1, bank_account=3, amount_fen=2 * LARGE_FEN),
        Transfer(payer=1, payee=2, amount_fen=100_000, authentication=Authentication.two_kinds),
        Withdraw(wallet=1, bank_account=3, amount_fen=LARGE_FEN - 100_000 + 1),
        Withdraw(wallet=2, bank_account=4, amount_fen=100_000),
        TopUp(wallet=2, bank_account=4, amount_fen=LARGE_FEN - 110_000),
        Withdraw(wallet=2, bank_account=4, amount_fen=LARGE_FEN - 110_000),
        pay(300_000_000, payer=2, bank_account=4),
    )
    desk.now += 20 * HOUR
    desk.done(Settle(merchant=1))
    close(desk)
    found = [row for row in duties(desk) if row["subject_kind"] != 3]
    assert {(row["subject_kind"], row["subject"], row["direction"], row["sort"]) for row in found} >= {
        (1, 1, IN, 1),
        (1, 1, OUT, 1),
        (1, 2, IN, 1),
        (1, 2, OUT, 2),
        (2, 1, IN, 1),
    }
    for row in found:
        lines = drawn(desk, row["duty"]).lines
        cents = [values(line)["amount"].replace(".", "") for line in lines]
        assert sum(map(int, cents)) == row["amount_fen"]


def test_every_kind_of_flow_has_its_accounts(desk: Desk) -> None:
    """A kind that is counted for large values and that no report can show would be found only when it is due."""
    known = {"pay", "refund", "decide_dispute", "transfer", "settle", "top_up", "withdraw", "close_wallet"}
    known |= {"credit_wallet", "draw_purchase", "collect_account", "sell_investment", "release_sale", "cancel_sale"}
    known |= {"redeem_investment", "pay_redemption"}
    assert set(FLOWS) == known, "accounts_of must know each kind of command in FLOWS"


def test_a_merchant_is_named_by_its_code(desk: Desk) -> None:
    desk.done(pay(200_000_000, payer=1, bank_account=3))
    close(desk)
    (row,) = [row for row in duties(desk) if row["subject_kind"] == 2]
    report = drawn(desk, row["duty"])
    (by_wallet, by_card) = map(values, report.lines)
    assert by_wallet["customer_number"] == credit_code(1)
    assert by_wallet["feature_code"] == "aml.large.nonnatural"
    assert (by_wallet["other_account"], by_card["other_account_type"]) == ("wallet:1", "bank account")


def test_a_confirmed_case_is_one_line_with_the_analysis(desk: Desk) -> None:
    desk.done(
        Suspect(institution=1, person=1, happened_on=DAY, amount_fen=12_345, grounds="he says he is another"),
        Judge(case=1, verdict=Verdict.confirmed, analyst="li", analysis="the money was not his"),
    )
    report = drawn(desk, 1)
    (line,) = report.lines
    said = values(line)
    assert said["analysis"] == "he says he is another; the money was not his"
    assert (said["subject_name"], said["behaviour"]) == (someone(1)["full_name"], "123.45 yuan")
    assert (said["begins"], said["trigger"]) == ("2026-05-01", "reported")
    states = {each.element: each.state for each in line}
    assert states["representative_name"] is State.none, "a natural person has none"
    assert {"urgency", "suspected_crime"} <= set(report.head["missing"])


def test_a_suspicious_merchant_has_a_representative(desk: Desk) -> None:
    desk.done(
        Suspect(institution=1, merchant=1, happened_on=DAY, grounds="round sums"),
        Judge(case=1, verdict=Verdict.confirmed, analyst="li", analysis="cash"),
    )
    (line,) = drawn(desk, 1).lines
    said = {each.element: each.state for each in line}
    assert (said["subject_number"], said["representative_name"]) == (State.given, State.missing)
    assert said["controller_name"] is State.missing


def test_erased_particulars_are_missing(desk: Desk) -> None:
    desk.done(TopUp(wallet=1, bank_account=3, amount_fen=LARGE_FEN))
    close(desk)
    particulars = int(desk.group.records.tables["person"].column("particulars")[1])
    desk.group.store.begin()
    desk.group.store.erase_payload(particulars)
    desk.group.store.commit()
    assert {"customer_name", "customer_number"} <= set(drawn(desk, 1).head["missing"])


def test_no_report_of_a_duty_that_asks_for_none(desk: Desk) -> None:
    with pytest.raises(KeyError):
        outline(desk.group, duty=1)


def test_a_bank_account_is_named_by_its_number(desk: Desk) -> None:
    bank = desk.one(Bind(person=1, mandate=True, card=CardKind.credit, number="6222 0000 0000 0009")).results
    desk.done(pay(LARGE_FEN + 10_000, payer=1, bank_account=bank["bank_account"]))
    close(desk)
    (of_person,) = [row for row in duties(desk) if row["subject_kind"] == 1 and row["sort"] == 2]
    (line,) = drawn(desk, of_person["duty"]).lines
    said = values(line)
    assert (said["account"], said["card_number"], said["card_type"]) == (
        "6222000000000009",
        "6222000000000009",
        "credit",
    )
    check_sound(desk.group)


def test_the_same_duty_makes_the_same_bytes(desk: Desk) -> None:
    desk.done(TopUp(wallet=1, bank_account=3, amount_fen=LARGE_FEN))
    close(desk)
    for form in (".jsonl", ".csv"):
        assert write_report(drawn(desk, 1), form=form) == write_report(drawn(desk, 1), form=form)


def test_as_json_lines_and_as_csv(desk: Desk) -> None:
    desk.done(TopUp(wallet=1, bank_account=3, amount_fen=LARGE_FEN))
    close(desk)
    report = drawn(desk, 1, place="=1+1")
    head, *rows = [msgspec.json.decode(row) for row in write_report(report, form=".jsonl").splitlines()]
    assert head["head"]["format"] == "benyuan-report/1"
    assert [row["line"] for row in rows] == [1, 2]
    assert [each["number"] for each in rows[0]["elements"]] == list(range(1, 46))
    first, *_ = csv.DictReader(io.StringIO(write_report(report, form=".csv").decode(), newline=""))
    assert first["22_place"] == "'=1+1", "no spreadsheet takes it for a formula"
    assert "institution_code" in first["missing"].split()
    assert len(first) == 46
