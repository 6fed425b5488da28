"""The examples and worked tables of docs/measures/6-governance.md are what the code says."""

import contextlib
import io
import re
from pathlib import Path

from benyuan.governance.competition import Figure, Market, MarketDefinition, presumption_of
from benyuan.rules import load_pack

PAGE = (Path(__file__).parents[3] / "docs" / "measures" / "6-governance.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)
ROW = re.compile(r"^\| ([abcd]) \| (\d+) \| (.*) \| (.*) \| (.*) \|$", re.MULTILINE)


def test_examples_say_what_stands_below_them() -> None:
    examples = EXAMPLE.findall(PAGE)
    assert examples
    for code, said in examples:
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            exec(compile(code, "6-governance.md", "exec"), {})
        assert told.getvalue() == said


def test_the_worked_table_of_dominance() -> None:
    rows = ROW.findall(PAGE)
    definition = MarketDefinition(
        product="x", area="y", begins_on=20250101, ends_on=20260101, defined_on=20260301, counted="payments"
    )
    figures = tuple(Figure(firm=firm, amount=int(amount)) for firm, amount, *_ in rows)
    made = presumption_of(Market(definition=definition, figures=figures, total=100), on=20260515, rules=load_pack())
    for firm, _, *cells in rows:
        for test, cell in zip((each for each in made.tests if each.firm == firm), cells, strict=True):
            assert ("presumed" in cell) is test.presumed
            assert ("left out" in cell) is test.excepted
            assert (f"{test.missing} missing" in cell) is not test.reached
            assert test.firms == 1 or "=" not in cell or f"= {test.together}:" in cell
