"""The key facts of an investment: level and risk first, charges and ways out as the terms in force have them."""

import pytest

from benyuan.assurance.protection.product_facts import product_facts
from tests.unit.cli.running import benyuan
from tests.unit.protection.exits import EXIT, TERMS
from tests.unit.protection.houses import COOLING_DAYS, ON, house


def test_level_charges_and_ways_out() -> None:
    home = house(products=3)
    home.published(3, TERMS, from_date=20260401, **EXIT)
    before, after = (product_facts(home.group, product=3, on=on, language="en").text for on in (20260331, 20260401))
    assert before.splitlines()[0] == "# Risk level 3; you may lose what you put in, and no return is promised"
    assert "managed by Maker Ltd" in before
    assert "Charges: 0.5% a year" in before
    assert f"Within {COOLING_DAYS} day(s)" in before
    assert "cost 0.50%" not in before
    assert "before they were held for 30 day(s) cost 0.50% of what they come to" in after
    assert "paid within 3 day(s)" in after
    assert product_facts(home.group, product=3, on=ON, language="zh").text.startswith("# 风险等级 3；可能亏损本金")


@pytest.mark.parametrize(("product", "on"), [(9, ON), (3, 20260101)])
def test_no_such_text(product: int, on: int) -> None:
    home = house(products=3)
    with pytest.raises(LookupError, match=f"product {product}"):
        product_facts(home.group, product=product, on=on, language="en")


def test_from_the_command_line(tmp_path: object) -> None:
    made = f"{tmp_path}/empty.db"
    assert benyuan("init", "--database", made, "--from", "2026-01-01", "--rating", "A").exit_code == 0
    ran = benyuan("protection", "key-facts-product", 1, "--database", made)
    assert ran.exit_code == 4
    assert "no investment or insurance product 1" in ran.stderr
