"""The page of measures 1 and 6 has every rule of them once, with what holds it, and says which no code reads."""

import pytest

from benyuan.cli.governed import MEASURES, governed_page, held_by, read_by_name, unread
from benyuan.decisions.commands import REGISTRY
from benyuan.rules import load_pack

PACK = load_pack()
PAGE = governed_page(PACK).splitlines()


def test_every_rule_of_both_measures_stands_once() -> None:
    rows = [line.split("`")[1] for line in PAGE if line.startswith("| `")]
    assert sorted(rows) == sorted(rule.id for rule in PACK.rules() if rule.measure in MEASURES)


@pytest.mark.parametrize(
    ("rule", "columns"),
    [
        ("rpt.leasing.holder", ("", "`record_related_transaction`", "")),
        ("rpt.trust.own", ("`record_related_transaction`", "", "")),
        ("rpt.report", ("", "", "`report_major`, `report_framework`")),
        ("rpt.controlling", ("", "", "")),
    ],
)
def test_what_holds_a_rule(rule: str, columns: tuple[str, ...]) -> None:
    (row,) = [line for line in PAGE if line.startswith(f"| `{rule}` |")]
    assert tuple(each.strip() for each in row.split("|")[3:6]) == columns


def test_what_is_named_as_holding_is_there() -> None:
    for held in held_by(PACK).values():
        assert {*held.gates, *held.limits} <= set(REGISTRY)


def test_what_no_code_reads_is_told_apart() -> None:
    left = {rule.id for rule in unread(PACK)}
    assert {"fhc.fine.founder", "fhc.rpt.kinds"} <= left
    assert not left & {
        "rpt.controlling",
        "rpt.vote",
        "rpt.insurer.funds",
        "fhc.rpt.major.single",
        "rpt.house.influence",
    }
    assert {"rpt.controlling", "rpt.vote"} <= read_by_name(PACK)
    assert PAGE.index("## What no code reads") < PAGE.index(
        "| `fhc.fine.founder` | " + _title("fhc.fine.founder") + " |"
    )


def _title(rule: str) -> str:
    return PACK.rule(rule).title.en
