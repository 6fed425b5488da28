"""The key facts of a loan: the yearly rate is there and more conspicuous than any other figure; read and confirmed."""

from typing import Any

import pytest

from benyuan.consumer_protection.contact.ranks import ranks_of
from tests.unit.lending.lenders import Lender
from tests.unit.protection.customers import (
    TEXT,
    ask,
    check_invalid,
    check_refused,
    check_verified,
    do,
    group_of_customers,
    row,
)

SHEET: dict[str, Any] = {
    "borrower": 1,
    "product_sort": "cash-loan",
    "sheet_version": 2,
    "text_digest": TEXT,
    "annual_rate_ppm": 182_500,
    "ranks": "annual-rate=1, daily-rate=2, term=2",
}


@pytest.fixture
def group() -> Lender:
    return group_of_customers()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_shown_is_kept_and_confirmed_once(group: Lender, language: str) -> None:
    shown = do(group, "show_key_facts", language=language, **SHEET)["key_facts"]
    assert row(group, "protection_key_facts", shown)["version"] == 2
    assert row(group, "protection_key_facts", shown)["confirmed"] == 0
    do(group, "confirm_key_facts", key_facts=shown)
    assert row(group, "protection_key_facts", shown)["confirmed"] == group.group.position
    check_invalid(ask(group, "confirm_key_facts", key_facts=shown), "key_facts")
    check_verified(group)


@pytest.mark.parametrize(
    ("ranks", "rule"),
    [
        ("daily-rate=1", "cp.nfra.apr"),
        ("daily-rate=1, annual-rate=2", "apr.disclose"),
        ("daily-rate=1, annual-rate=1", "apr.disclose"),
        ("annual-rate=2, term=3", "apr.disclose"),
    ],
)
def test_the_yearly_rate_comes_first_and_alone(group: Lender, ranks: str, rule: str) -> None:
    check_refused(group, ask(group, "show_key_facts", **{**SHEET, "ranks": ranks}), rule)
    do(group, "show_key_facts", **{**SHEET, "ranks": "annual-rate=1"})
    check_verified(group)


@pytest.mark.parametrize(
    "text", ["", "annual-rate", "annual-rate=0", "annual-rate=1, annual-rate=1", "colour=1", "term=1,"]
)
def test_no_list_of_ranks(group: Lender, text: str) -> None:
    assert ranks_of(text) is None
    check_invalid(ask(group, "show_key_facts", **{**SHEET, "ranks": text}), "ranks")


def test_ranks_are_read() -> None:
    assert ranks_of("annual-rate=1,term=12") == {"annual-rate": 1, "term": 12}


@pytest.mark.parametrize(("fields", "field"), [({"borrower": 9}, "borrower"), ({"sheet_version": 0}, "sheet_version")])
def test_bad_sheets(group: Lender, fields: dict[str, Any], field: str) -> None:
    check_invalid(ask(group, "show_key_facts", **{**SHEET, **fields}), field)
