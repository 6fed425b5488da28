"""Sizes, areas, ages and credit in the small-and-micro report, held against a plain count from the log."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from benyuan.assurance.small_micro.report import Report, small_micro_of
from benyuan.assurance.small_micro.sections import TOGETHER, Cell
from benyuan.cli.failures import FINE, FOUND
from benyuan.decisions.commands import REGISTRY
from benyuan.engine.codec import item_of
from benyuan.engine.group import Group
from benyuan.parties.check_digits import mod_11_2
from benyuan.simulate.identities import credit_code, someone
from tests.unit.assurance.test_small_micro import rows
from tests.unit.cli.running import benyuan
from tests.unit.engine.groups import HOUR, Desk, in_memory, on_file, pay, standing
from tests.unit.group.ownership import BANK, HOLDING, Houses

FIRST, LAST, YEAR_END = 20260501, 20260531, 20251231
INVENTED = {"invented": True}
WAN = 1_000_000
FIRMS = ((60, 600, "medium"), (20, 200, "small"), (9, 900, "micro"), (60, -1, ""), (None, None, ""))
"""Staff and revenue (in ten thousand yuan) of firms in retail, and what they are."""
EACH, INDIVIDUALS = 6, 6
PEOPLE = 18


def number_of(born: int, n: int) -> str:
    body = f"330106{born}{n * 2 + 1:03d}"
    return body + mod_11_2(body)


def shop(desk: Desk, number: int, *, firm: bool = True) -> int:
    kind = "firm" if firm else "individual_business"
    code = credit_code(number, individual=not firm)
    made = REGISTRY["register_merchant"](institution=1, kind_of_merchant=kind, code=code, name=f"shop {number}")
    return int(desk.one(made).results["merchant"])


def size(desk: Desk, merchant: int, **fields: Any) -> None:
    given = {"industry": "retail", "as_of": YEAR_END, **INVENTED, **fields}
    desk.done(REGISTRY["record_business_size"](merchant=merchant, **given))


def area(desk: Desk, kind: str, **fields: Any) -> None:
    desk.done(REGISTRY[kind](county=330106, **{"from_date": 20260101, **INVENTED, **fields}))


def user(desk: Desk, n: int, *, born: int) -> None:
    desk.done(
        REGISTRY["register_person"](institution=1, **{**someone(n), "number": number_of(born, n)}),
        REGISTRY["bind_bank_account"](person=n, mandate=True),
        REGISTRY["open_wallet"](person=n, wallet_class="II", channels=3),
    )
    bank_account = desk.group.records.tables["bank_account"].count
    desk.done(REGISTRY["top_up"](wallet=n, bank_account=bank_account, amount_fen=100_000))


def world(desk: Desk | None = None, *, people: int = PEOPLE) -> Desk:
    """Thirty firms in retail, six of each sort, six individual businesses; people born in 1966, 1990 and 2010."""
    desk = desk or in_memory()
    desk.done(REGISTRY["register_institution"](name="Pay"), standing())
    for number, (of, (staff, revenue, _)) in enumerate(product(range(EACH), FIRMS), 1):
        merchant = shop(desk, number)
        if staff is not None and revenue is not None:
            size(desk, merchant, staff=staff, revenue_fen=revenue if revenue < 0 else revenue * WAN)
        if of < EACH - 1:
            area(desk, "record_business_area", merchant=merchant, place_class=111 if number % 2 else 220)
    for number in range(INDIVIDUALS):
        size(desk, shop(desk, 100 + number, firm=False), staff=9)
    for n in range(1, people + 1):
        user(desk, n, born=(19660501, 19900501, 20000601)[n % 3])
        area(desk, "record_home_area", person=n, place_class=(111, 123, 220)[n % 3])
    return desk


def traded(desk: Desk) -> Desk:
    """Everybody pays everywhere once, a sum of their own."""
    merchants = desk.group.records.tables["merchant"].count
    for n in range(1, desk.group.records.tables["person"].count + 1):
        desk.done(*(pay(100 * merchant + n, payer=n, merchant=merchant) for merchant in range(1, merchants + 1)))
    return desk


def report(desk: Desk, first: int = FIRST, last: int = LAST) -> Report:
    return small_micro_of(desk.group, institution=1, first=first, last=last)


def commands_of(group: Group) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Every accepted command of the log by itself: kind, position, fields and results."""
    position = 1
    while position <= group.position:
        opened = group.reader.at_position(position)
        columns = {**opened.batch().columns, **opened.outcome.get("results", {})}
        for place in range(opened.block.commands):
            if opened.status[place] == 0:
                fields = {name: item_of(column, place) for name, column in columns.items()}
                yield opened.block.kind, position + place, fields
        position += opened.block.commands


def plain_count(group: Group) -> dict[str, Counter[str]]:
    """Merchants, amounts and users by row of the report, counted command by command."""
    kinds: dict[int, str] = {}
    told: dict[int, dict[str, Any]] = {}
    places: dict[tuple[str, int], int] = {}
    received: dict[int, int] = defaultdict(int)
    paid: dict[int, int] = defaultdict(int)
    ages: dict[int, int] = {}
    for kind, _, given in commands_of(group):
        match kind:
            case "register_merchant":
                kinds[given["merchant"]] = given["kind_of_merchant"]
            case "register_person":
                ages[given["person"]] = given["age_years"]
            case "record_business_size":
                told[given["merchant"]] = given
            case "record_business_area":
                places["merchant", given["merchant"]] = given["place_class"]
            case "record_home_area":
                places["person", given["person"]] = given["place_class"]
            case "pay":
                received[given["merchant"]] += given["amount_fen"]
                paid[given["payer"]] += given["amount_fen"]
    found: dict[str, Counter[str]] = {
        name: Counter() for name in ("by_class", "by_area", "older_users", "users_by_area")
    }
    fen: dict[str, Counter[str]] = {name: Counter() for name in found}

    def add(name: str, row: str, amount: int) -> None:
        found[name][row] += 1
        fen[name][row] += amount

    for merchant, amount in received.items():
        add("by_class", _class(kinds[merchant], told.get(merchant)), amount)
        add("by_area", _area(places.get(("merchant", merchant)), "area not told"), amount)
    for person, age in ages.items():
        add("older_users", "from 60 years on" if age >= 60 else "younger", paid[person])
        add("users_by_area", _area(places.get(("person", person)), "area not told"), paid[person])
    return {**found, **{f"{name} fen": counted for name, counted in fen.items()}}


def _class(kind: str, told: dict[str, Any] | None) -> str:
    name = kind.replace("_", " ")
    if told is None or (told["revenue_fen"] < 0 and told["staff"] >= 10):
        return f"{name}, class not told"
    staff, revenue = told["staff"], told["revenue_fen"] // WAN
    if staff >= 50 and revenue >= 500:
        return f"{name}, medium"
    return f"{name}, small" if staff >= 10 and revenue >= 100 else f"{name}, micro"


def _area(place_class: int | None, none: str) -> str:
    return none if place_class is None else "rural" if place_class >= 200 else "urban"


def column(told: Report, name: str, heading: str) -> dict[str, Cell]:
    (section,) = [each for each in told.sections if each.name == name]
    place = section.columns.index(heading)
    return {str(row[0]): row[place] for row in section.rows}


def test_classes_areas_and_ages_are_those_of_a_plain_count_and_come_to_the_whole() -> None:
    desk = traded(world())
    told, plain = report(desk), plain_count(desk.group)
    assert column(told, "by_class", "merchants") == plain["by_class"]
    assert column(told, "by_area", "merchants") == plain["by_area"]
    assert column(told, "older_users", "users") == plain["older_users"]
    assert column(told, "users_by_area", "users") == plain["users_by_area"]
    for name in ("by_class", "by_area", "older_users", "users_by_area"):
        assert column(told, name, "amount_fen") == plain[f"{name} fen"]
        assert sum(plain[f"{name} fen"].values()) == told.ties[0].ledger_fen
    assert told.fits
    assert sum(int(each) for each in column(told, "by_class", "merchants").values()) == 36
    assert column(told, "by_class", "share")["firm, medium"] == "16.66%"
    assert column(told, "users_by_age", "users") == {"18 to 34": 6, "35 to 59": 6, "60 to 69": 6}
    assert column(told, "by_county", "merchants") == {
        **{f"{name}, county 330106": count for name, count in plain["by_area"].items() if name != "area not told"},
        "area not told": plain["by_area"]["area not told"],
    }
    (untold,) = [each for each in told.untold if "the class" in each]
    assert (
        untold == "the class of each firm whose figures are not recorded, too old or leave it open: 12 of 30 (40.00%)"
    )


def test_small_classes_are_put_together_within_their_kind_so_that_no_other_table_tells_them() -> None:
    desk = in_memory()
    desk.done(REGISTRY["register_institution"](name="Pay"), standing())
    for number in range(1, 13):
        size(desk, shop(desk, number), staff=9 if number < 8 else 20, revenue_fen=200 * WAN)
    size(desk, 12, staff=60, revenue_fen=600 * WAN)
    user(desk, 1, born=19900501)
    desk.done(*(pay(100, merchant=merchant) for merchant in range(1, 13)))
    told = report(desk)
    assert column(told, "by_size", "merchants") == {"firm": 12}
    assert column(told, "by_class", "merchants") == {"firm, micro": 7, f"firm, {TOGETHER}": 5}
    assert not rows(told, "older_users")


def test_few_whose_class_is_not_told_have_no_number_either() -> None:
    desk = in_memory()
    desk.done(REGISTRY["register_institution"](name="Pay"), standing())
    for number in range(1, 13):
        shop(desk, number)
    for number in range(1, 9):
        size(desk, number, staff=9)
    user(desk, 1, born=19900501)
    desk.done(*(pay(100, merchant=merchant) for merchant in range(1, 13)))
    told = report(desk)
    assert column(told, "by_class", "merchants") == {f"firm, {TOGETHER}": 12}
    assert any(each.startswith("the class") and each.endswith("some, too few to be told apart") for each in told.untold)


@pytest.mark.parametrize(("as_of", "known"), [(20240501, False), (20240502, True), (20260430, True), (20260501, True)])
def test_figures_of_two_years_before_the_end_tell_nothing(as_of: int, known: bool) -> None:
    desk = in_memory()
    desk.done(REGISTRY["register_institution"](name="Pay"), standing())
    user(desk, 1, born=19900501)
    for number in range(1, 6):
        size(desk, shop(desk, number), staff=9, as_of=as_of)
        desk.done(pay(100, merchant=number))
    assert list(rows(report(desk, last=20260501), "by_class")) == ["firm, micro" if known else "firm, class not told"]


def test_the_latest_day_counts_of_one_day_the_last_recorded_and_a_business_is_one() -> None:
    desk = in_memory()
    desk.done(REGISTRY["register_institution"](name="Pay"), standing())
    user(desk, 1, born=19900501)
    code = credit_code(1)
    for _ in range(5):
        made = REGISTRY["register_merchant"](institution=1, kind_of_merchant="firm", code=code, name="branch")
        desk.done(made)
    desk.done(*(pay(100, merchant=merchant) for merchant in range(1, 6)))
    size(desk, 3, staff=9)
    assert list(rows(report(desk), "by_class")) == ["firm, micro"]
    size(desk, 1, staff=20, revenue_fen=100 * WAN)
    assert list(rows(report(desk), "by_class")) == ["firm, small"]
    size(desk, 2, staff=9, as_of=20250630)
    assert list(rows(report(desk), "by_class")) == ["firm, small"]


@pytest.mark.parametrize(("born", "row"), [(19660531, "from 60 years on"), (19660601, "younger")])
def test_at_the_age_and_a_day_younger(born: int, row: str) -> None:
    desk = in_memory()
    desk.done(REGISTRY["register_institution"](name="Pay"), standing())
    desk.now += 30 * 24 * HOUR  # 2026-05-31
    shop(desk, 1)
    for n in range(1, 6):
        user(desk, n, born=born)
        desk.done(pay(100, payer=n))
    assert rows(report(desk), "older_users") == {row: [5, 5, 5, 500]}


def test_few_payers_among_many_users_are_not_told_by_their_amounts() -> None:
    desk = world(people=15)
    desk.done(*(pay(100, payer=payer) for payer in (1, 2, 4, 5, 7, 8)), *(pay(100, payer=payer) for payer in (3, 6)))
    told = report(desk)
    older = column(told, "older_users", "users")
    assert older == {TOGETHER: 15}
    assert column(told, "older_users", "payers") == {TOGETHER: 8}


def lend(houses: Houses, size_class: str, **fields: int) -> None:
    period = {"from_date": 20260101, "until": 20260331}
    figures = {"balance_fen": 0, "borrowers": 0, "lent_fen": 0, "rate_ppm": 0, "bad_fen": 0, **fields}
    houses.do("record_business_credit", body=BANK, size=size_class, **{**period, **figures})


def banked(desk: Desk | None = None) -> Houses:
    houses = Houses(desk)
    houses.desk.done(REGISTRY["register_institution"](name="Pay"), standing())
    lend(houses, "total", balance_fen=100_000, borrowers=40, lent_fen=50_000, rate_ppm=50_000, bad_fen=1_000)
    lend(houses, "micro", balance_fen=40_000, borrowers=20, lent_fen=20_000, rate_ppm=60_000, bad_fen=900)
    lend(houses, "small", balance_fen=30_000, borrowers=10, lent_fen=10_000, rate_ppm=40_000, bad_fen=50)
    return houses


def test_credit_by_class_comes_to_the_total_and_its_rates_are_weighted() -> None:
    told = report(banked().desk, 20260101, 20260501)
    assert rows(told, "credit") == {
        "small": [10, 30_000, 10_000, "4.00%", 50, "0.16%"],
        "micro": [20, 40_000, 20_000, "6.00%", 900, "2.25%"],
        "class not told": [10, 30_000, 20_000, "4.50%", 50, "0.16%"],
    }
    (bank,) = rows(told, "credit_by_member").values()
    assert bank[:6] == [40, 100_000, 50_000, "5.00%", 1_000, "1.00%"]
    assert bank[6:] == ["20260101 to 20260331", "not recorded", "register of companies (20260401)"]


@pytest.mark.parametrize(("borrowers", "members"), [(4, 0), (5, 2)])
def test_a_member_of_too_few_borrowers_is_not_the_difference_of_two_tables(borrowers: int, members: int) -> None:
    houses = banked()
    other = houses.do("register_body", name="other bank", kind_of_body="company", business="commercial_bank")["body"]
    figures = {"balance_fen": 700, "borrowers": borrowers, "lent_fen": 0, "rate_ppm": 0, "bad_fen": 0}
    period = {"from_date": 20260101, "until": 20260331}
    houses.do("record_business_credit", body=other, size="total", **period, **figures)
    told = report(houses.desk, 20260101, 20260501)
    assert sum(int(row[0]) for row in rows(told, "credit").values()) == 40 + borrowers
    assert len(rows(told, "credit_by_member")) == members


def test_a_class_of_too_few_borrowers_is_put_together_with_its_rate_weighted() -> None:
    houses = banked()
    lend(houses, "medium", balance_fen=25_000, borrowers=9, lent_fen=20_000, rate_ppm=45_000, bad_fen=50)
    told = rows(report(houses.desk, 20260101, 20260501), "credit")
    assert list(told) == ["small", "micro", TOGETHER]
    assert told[TOGETHER][:4] == [10, 30_000, 20_000, "4.50%"]


@pytest.mark.parametrize(("first", "last", "there"), [(20260101, 20260331, True), (20260102, 20260331, False)])
def test_a_return_counts_where_its_whole_period_is_in_the_report(first: int, last: int, there: bool) -> None:
    told = report(banked().desk, first, last)
    assert bool(rows(told, "credit")) == there
    assert any("credit to businesses" in each for each in told.untold) != there


@pytest.mark.parametrize(("assets", "fits"), [(100_000, True), (99_999, False)])
def test_more_credit_than_the_body_has_assets_can_not_be(tmp_path: Any, assets: int, fits: bool) -> None:
    desk = on_file(tmp_path / "group.db")
    houses = banked(desk)
    figure = {"figure": "total_assets", "as_of": 20260331, "source": "accounts", "source_date": 20260401}
    desk.done(REGISTRY["record_body_figure"](body=BANK, amount_fen=assets, **figure))
    desk.done(REGISTRY["record_body_figure"](body=HOLDING, amount_fen=1, **figure))
    told = report(houses.desk, 20260101, 20260501)
    assert told.fits == fits
    desk.group.close()
    words = ("group", "small-micro", "--from", 20260101, "--until", 20260501, "--database", tmp_path / "group.db")
    shown = benyuan(*words)
    assert shown.exit_code == (FINE if fits else FOUND)
    assert ("can't be" in shown.output) != fits


def test_a_person_has_one_home() -> None:
    desk = world(people=2)
    area(desk, "record_home_area", person=1, place_class=220)
    held = desk.group.records.tables["home_area"]
    assert held.count == 2
    assert sorted(held.column("place_class")[1:].tolist()) == [220, 220]
