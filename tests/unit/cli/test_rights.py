"""Each of the eight rights is served by gates, limits and duties that there are, and the page says which."""

import pytest

from benyuan.cli.rights import RIGHTS, holders, kept_by_people, rights_page
from benyuan.decisions.commands import REGISTRY
from benyuan.rules import load_pack

ON = 20261128
PACK = load_pack()
ROWS = [(row.code("right"), row.code("served_by")) for row in PACK.value(id=RIGHTS, on=ON).tiers]


@pytest.mark.parametrize(("right", "rule"), ROWS)
def test_every_rule_that_serves_a_right_is_held_by_something(right: str, rule: str) -> None:
    held = holders()[rule]
    assert held.gates or held.limits or held.duties
    assert {*held.gates, *held.limits} <= set(REGISTRY)
    row = next(line for line in rights_page(PACK, on=ON).splitlines() if line.startswith(f"| `{rule}` |"))
    assert all(f"`{kind}`" in row for kind in (*held.gates, *held.limits, *held.duties))


def test_every_right_but_teaching_has_a_gate_or_a_limit() -> None:
    held = holders()
    gated = {right for right, rule in ROWS if held[rule].gates or held[rule].limits}
    assert {right for right, _ in ROWS} - gated == {"education"}


def test_what_people_keep_serves_no_right_as_a_gate() -> None:
    people = {rule.id for rule in kept_by_people(PACK)}
    assert {"cp.pbc.terms", "cp.nfra.respect"} <= people
    assert not people & {rule for _, rule in ROWS}
    assert not people & holders().keys()
