"""Every account of the ledger attributed: whose book, by which licence, in which group; names not allowed."""

from pathlib import Path

import pytest

from benyuan.assurance.group.licences import Book, Licences, licences_told
from benyuan.cli.failures import BAD_INPUT, FINE, FOUND
from benyuan.decisions.commands import REGISTRY, Command
from benyuan.payments.vocabulary import Rating
from benyuan.usecases.record_standing import Standing
from benyuan.values.errors import BadInput
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import found_town, in_memory, on_file
from tests.unit.group.ownership import BANK, HOLDING, OWNER, Houses


def asked(houses: Houses, **fields: int) -> Licences:
    return licences_told(houses.desk.group, **fields)


def book(told: Licences, number: int = 1) -> Book:
    (found,) = (each for each in told.books if each.book == number)
    return found


def payer(houses: Houses, **fields: object) -> int:
    """A payment company with the town's book."""
    given = {"name": "pay", "kind_of_body": "company", "business": "payment", "book": 1, **fields}
    return houses.do("register_body", **given)["body"]


def town() -> Houses:
    """The town's institution 1 with its book 1, and the houses."""
    return Houses(found_town(in_memory()))


def licensed(houses: Houses, body: int, business: str = "payment", **fields: object) -> None:
    houses.do("record_licence", body=body, business=business, number="Z2011000133010", **fields)


def test_a_book_that_no_body_has_is_listed_with_all_its_accounts() -> None:
    houses = town()
    told = asked(houses)
    count = houses.desk.group.ledger.account_count
    assert (told.accounts, told.unattributed) == (count, count)
    found = book(told)
    assert (found.firm, found.body, found.lacks) == ("institution 1", 0, ["body"])
    assert sum(last - first + 1 for first, last in found.runs) == count
    assert found.runs == [(1, count)]


def test_a_book_whose_body_is_licensed() -> None:
    houses = town()
    licensed(houses, payer(houses))
    told = asked(houses)
    found = book(told)
    assert (told.unattributed, found.lacks, found.runs, found.gate) == (0, [], [], True)
    assert found.licence is not None
    assert (found.licence.number, found.licence.source) == ("Z2011000133010", "register of companies (20260401)")


@pytest.mark.parametrize(
    ("day", "lacks"), [(20251231, ["licence", "gate"]), (20260101, []), (20260430, []), (20260501, ["licence"])]
)
def test_a_licence_that_does_not_run_on_the_day(day: int, lacks: list[str]) -> None:
    """The town's institution has its classes of licence from 20260101 on."""
    houses = town()
    licensed(houses, payer(houses), from_date=20260101, until=20260430)
    assert book(asked(houses, on=day)).lacks == lacks


def test_a_licence_for_another_business_is_none_for_this_book() -> None:
    houses = town()
    licensed(houses, payer(houses), business="commercial_bank")
    assert book(asked(houses)).lacks == ["licence"]


def test_what_the_gate_would_refuse_shows_though_a_licence_is_recorded() -> None:
    houses = town()
    licensed(houses, payer(houses))
    houses.desk.done(Standing(institution=1, from_date=20260401, licences=0, rating=Rating.A, real_name_ppm=960_000))
    assert book(asked(houses, on=20260331)).lacks == []
    assert book(asked(houses, on=20260401)).lacks == ["gate"]


def test_two_bodies_with_one_book() -> None:
    houses = town()
    first, second = payer(houses), payer(houses, name="other pay")
    licensed(houses, first)
    licensed(houses, second)
    assert book(asked(houses)).lacks == [f"one body: it has {first}, {second}"]


def test_a_book_that_goes_to_another_body_on_a_day() -> None:
    houses = town()
    first, second = payer(houses), payer(houses, name="other pay", book=0)
    licensed(houses, first)
    licensed(houses, second)
    houses.do("record_body_business", body=first, business="other", from_date=20260401)
    houses.do("record_body_business", body=second, business="payment", book=1, from_date=20260401)
    assert book(asked(houses, on=20260331)).body == first
    assert book(asked(houses, on=20260401)).body == second


def test_a_body_outside_the_group_is_not_consolidated() -> None:
    houses = town()
    body = payer(houses)
    licensed(houses, body)
    assert book(asked(houses)).consolidated is None
    assert book(asked(houses, top=HOLDING)).lacks == ["consolidation"]
    houses.stake(HOLDING, body, 51)
    assert book(asked(houses, top=HOLDING)).lacks == []


def test_accounts_opened_later_are_not_in_what_was_known_before() -> None:
    houses = town()
    before, count = houses.desk.group.position, houses.desk.group.ledger.account_count
    houses.desk.group.create_accounts(book=7, unit=1, code=[1, 2, 1])
    houses.do("register_body", name="later", kind_of_body="company")
    assert asked(houses, seen=before).accounts == count
    told = asked(houses)
    assert told.accounts == count + 3
    assert (book(told, 7).firm, book(told, 7).lacks, book(told, 7).runs) == ("", ["body"], [(count + 1, count + 3)])


@pytest.mark.parametrize(("business", "lacks"), [("other", []), ("none", []), ("trust", ["licence"])])
def test_bare_accounts_of_a_body_are_its_own_business(business: str, lacks: list[str]) -> None:
    houses = Houses()
    houses.desk.group.create_accounts(book=7, unit=1, code=[1])
    payer(houses, business=business, book=7)
    assert book(asked(houses), 7).lacks == lacks


def test_a_bureau_and_a_lender() -> None:
    houses = Houses()
    bureau = houses.desk.one(_command("register_bureau", name="bureau")).results["book"]
    lender = houses.desk.one(_command("register_lender", name="lender")).results["book"]
    rating = payer(houses, name="bureau", business="credit_bureau", book=bureau)
    lending = payer(houses, name="lender", business="consumer_finance", book=lender)
    told = asked(houses)
    assert (book(told, bureau).gate, book(told, lender).gate) == (False, False)
    assert book(told, lender).firm == "lender 1"
    licensed(houses, rating, business="credit_bureau")
    licensed(houses, lending, business="micro_lending")
    told = asked(houses)
    assert book(told, lender).lacks == ["gate"]
    houses.desk.done(_command("record_lender_standing", lender=1, from_date=20260501, holds=True, number="L1"))
    assert book(asked(houses, on=20260501), lender).lacks == []
    assert book(asked(houses, on=20260430), lender).lacks == ["gate"]
    assert book(told, bureau).lacks == ["gate"]
    standing = {"bureau": 1, "from_date": 20260101, "licensed_until": 20260430, "capital_fen": 1}
    houses.desk.done(_command("record_bureau_standing", **standing))
    assert book(asked(houses, on=20260430), bureau).lacks == []
    assert book(asked(houses, on=20260501), bureau).lacks == ["gate"]


def _command(kind: str, **fields: object) -> Command:
    return REGISTRY[kind](**fields)


def test_a_body_elsewhere_that_does_a_financial_business_without_a_licence() -> None:
    houses = Houses()
    houses.stake(HOLDING, BANK, 80)
    assert {each.body for each in asked(houses, top=HOLDING).unlicensed} == {HOLDING, BANK}
    licensed(houses, BANK, business="commercial_bank")
    licensed(houses, HOLDING, business="financial_holding")
    assert not asked(houses, top=HOLDING).unlicensed
    assert [each.body for each in asked(houses).unlicensed] == [4], "the insurer is outside that group"


@pytest.mark.parametrize(
    ("name", "words"),
    [("湖滨金融控股有限公司", ["金融控股"]), ("湖滨金融集团", ["金融集团"]), ("湖滨控股集团", []), ("Lakeside", [])],
)
def test_words_in_the_name_of_who_has_no_licence(name: str, words: list[str]) -> None:
    houses = Houses()
    body = payer(houses, name=name, business="other", book=0)
    assert [(each.body, each.word) for each in asked(houses).names] == [(body, word) for word in words]


@pytest.mark.parametrize(
    ("name", "told"), [("湖滨金融控股有限公司", False), ("湖滨控股集团", True), ("Lakeside", False)]
)
def test_the_word_in_the_name_of_who_has_one(name: str, *, told: bool) -> None:
    houses = Houses()
    licensed(houses, payer(houses, name=name, business="financial_holding", book=0), business="financial_holding")
    assert bool(asked(houses).names) is told


def test_an_empty_ledger_has_no_books() -> None:
    assert (asked(Houses()).books, asked(Houses()).accounts) == ([], 0)


def test_no_such_top_and_no_such_day() -> None:
    with pytest.raises(BadInput, match="top"):
        asked(Houses(), top=99)
    with pytest.raises(BadInput, match="on"):
        asked(Houses(), on=20201031)


def test_from_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    houses = Houses(found_town(on_file(path)))
    houses.desk.group.close()
    told = answer("group", "licences", "--database", path)
    assert told["unattributed"] == told["accounts"] > 0
    shown = benyuan("group", "licences", "--database", path)
    assert shown.exit_code == FOUND
    assert "Accounts outside" in shown.stdout
    again = Houses(on_file(path), anew=False)
    licensed(again, payer(again))
    for body, business in ((HOLDING, "financial_holding"), (BANK, "commercial_bank"), (4, "life_insurance")):
        licensed(again, body, business=business)
    again.desk.group.close()
    assert benyuan("group", "licences", "--database", path).exit_code == FINE
    assert benyuan("group", "licences", OWNER, "--database", path).exit_code == FOUND


def test_a_position_before_the_log_is_none(tmp_path: Path) -> None:
    on_file(tmp_path / "group.db").group.close()
    ran = benyuan("group", "licences", "--seen", "-1", "--database", tmp_path / "group.db")
    assert ran.exit_code == BAD_INPUT
    assert "--seen" in ran.stderr
