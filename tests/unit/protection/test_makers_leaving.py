"""A maker leaves when nothing waits and nothing is owed; `protection release` lets all that waits go on."""

from pathlib import Path

import pytest

from benyuan.assurance.protection.suitability import due_releases
from benyuan.cli.failures import FINE
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import on_file
from tests.unit.protection.exits import BOUGHT_FEN, FEE_DAYS, PAST, redeemed, sold_house
from tests.unit.protection.houses import BEGAN, LEVEL_3, ON, days_after, fill

AT = "2026-03-16T10:00:00+08:00"


def test_a_maker_leaves_when_nothing_waits_and_nothing_is_owed() -> None:
    home = sold_house()
    early = home.ask("exit_merchant", merchant=1, reference="r")
    assert early.invalid is not None
    assert "money waits" in early.invalid.constraint
    home.do("release_sale", sale=1, on=PAST)
    home.do("settle", merchant=1, on=days_after(PAST, 1))
    redeemed(home, BOUGHT_FEN, on=days_after(ON, FEE_DAYS))
    owing = home.ask("exit_merchant", merchant=1, reference="r")
    assert owing.invalid is not None
    assert "redemption" in owing.invalid.constraint
    home.do("pay_redemption", redemption=1, source="paid_in", reference="r")
    assert home.ask("exit_merchant", merchant=1, reference="r").accepted


def test_what_was_cancelled_keeps_nobody() -> None:
    home = sold_house()
    home.do("cancel_sale", sale=1)
    assert home.ask("exit_merchant", merchant=1, reference="r").accepted


@pytest.mark.parametrize(("days", "due"), [(5, []), (6, [1])])
def test_what_is_due(days: int, due: list[int]) -> None:
    home = sold_house()
    assert due_releases(home.group, on=days_after(ON, days)) == due
    home.do("cancel_sale", sale=1)
    assert due_releases(home.group, on=days_after(ON, days)) == []


def test_all_that_is_due_goes_on_in_one_run_and_once(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    home = fill(on_file(path, now=moment(BEGAN)), products=3)
    home.tested(1, LEVEL_3)
    for amount_fen in (100, 200, 300):
        home.sold(amount_fen=amount_fen)
    home.do("cancel_sale", sale=2)
    home.sold(amount_fen=400, on=days_after(ON, 1))
    home.group.close()
    named = ("--database", path, "--at", AT)
    dry = answer("protection", "release", "--dry-run", *named)
    assert (dry["due"], dry["released"]) == ([1, 3], [])
    done = answer("protection", "release", "--chunk", 1, *named)
    assert [(each["sale"], each["released_fen"]) for each in done["released"]] == [(1, 100), (3, 300)]
    again = benyuan("protection", "release", *named)
    assert (again.exit_code, "0 sales released" in again.stdout) == (FINE, True)
    assert answer("verify", "--database", path)["ok"]
