"""Every way in which a rule file can be wrong names the file, the line, the field and what was expected."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.rules import RuleFileError, load_pack
from tests.unit.rules.samples import DATED, GRADUATED, LIMIT, TABLE, pack_of

VALUE = "values[0]"
COLUMNS = TABLE[TABLE.index("parameters:") : TABLE.index("values:")]
ROWS = TABLE[TABLE.index("    tiers:") : TABLE.index("    cite:")]
FLAG = TABLE.replace(COLUMNS, "").replace(ROWS, "    value: true\n").replace("unit: table", "unit: flag")


@pytest.mark.parametrize(
    ("text", "old", "new", "line", "field", "expected"),
    [
        # the file
        (LIMIT, LIMIT, "", 1, "(file)", "a rule"),
        (LIMIT, LIMIT, "- 1\n", 1, "(file)", "a mapping"),
        (LIMIT, "kind: limit", "kind: [limit", 4, "(file)", "YAML"),
        (LIMIT, "kind: limit", "kind: limit\n---\nkind: gate", 4, "(file)", "YAML"),
        (LIMIT, "kind: limit", "kind: \x00", 3, "(file)", "YAML"),
        (LIMIT, 'en: "A sample"', 'en: "样样样样样样样样样样", zh: "样样样样样样样样样样样\x7f"', 4, "(file)", "YAML"),
        (LIMIT, "kind: limit", f"kind: {'[' * 100_000}", 3, "(file)", "levels"),
        (LIMIT, "kind: limit", f"kind: {'{a: ' * 100_000}", 3, "(file)", "levels"),
        (LIMIT, "kind: limit", "kind: &kind [*kind]", 3, "kind", "a word"),
        # names of fields
        (LIMIT, "scope: customer", "scope: customer\nscop: account", 7, "scop", "no such field"),
        (LIMIT, "scope: customer", "scope: customer\nscope: account", 7, "scope", "each field once"),
        (LIMIT, "scope: customer\n", "", 1, "scope", "this field"),
        (LIMIT, "scope: customer", "1: customer", 6, "1", "the name of a field"),
        (LIMIT, 'en: "A sample"', 'en: "A sample", de: Muster', 4, "title.de", "no such field"),
        # plain types
        (LIMIT, "id: sample.limit", "id: sample", 1, "id", "a slug of words with dots"),
        (LIMIT, "id: sample.limit", "id: 1.5", 1, "id", "text"),
        (LIMIT, "measure: 2", "measure: 7", 2, "measure", "a measure from 1 to 6"),
        (LIMIT, "measure: 2", 'measure: "2"', 2, "measure", "a whole number"),
        (LIMIT, "measure: 2", "measure: 0x2", 2, "measure", "a whole number in decimal digits"),
        (LIMIT, "kind: limit", "kind: quota", 3, "kind", "one of gate, limit, ratio, deadline"),
        (LIMIT, "kind: limit", "kind: yes", 3, "kind", "a word"),
        (LIMIT, "zh: 样例}\n", 'zh: " "}\n', 4, "title.zh", "text that is not empty"),
        (LIMIT, "scope: customer", "scope: costumer", 6, "scope", "one of customer"),
        (LIMIT, "window: day", "window: week", 7, "window", "one of day, month"),
        (LIMIT, "window: day", "window: day\nexcludes: own_bank_withdrawal", 8, "excludes", "a list"),
        (LIMIT, "window: day", "window: day\nexcludes: []", 8, "excludes", "a list with at least one element"),
        (LIMIT, "window: day", "window: day\nexcludes: [own_withdrawal]", 8, "excludes[0]", "one of consumption"),
        (LIMIT, "window: day", "window: day\nchoices: [{name: a}]", 8, "choices[0].text", "this field"),
        (LIMIT, "window: day", "window: day\nmessage: {en: No}", 8, "message.zh", "this field"),
        (LIMIT, "window: day", "window: day\noverrides: on", 8, "overrides", "true or false"),
        # windows
        (LIMIT, "window: day\n", "", 3, "kind", "a `window` beside a limit"),
        (LIMIT, "kind: limit", "kind: gate", 7, "window", "no window beside a gate"),
        # dates
        (LIMIT, "in_force: 2020-01-01", "in_force: 2020-1-1", 10, f"{VALUE}.in_force", "YYYY-MM-DD"),
        (LIMIT, "in_force: 2020-01-01", "in_force: 2020-02-30", 10, f"{VALUE}.in_force", "a day that exists"),
        (LIMIT, "in_force: 2020-01-01", "in_force: 20200101", 10, f"{VALUE}.in_force", "YYYY-MM-DD"),
        (LIMIT, "in_force: 2022-01-01", "in_force: 2020-01-01", 15, "values[1].in_force", "a date after that"),
        (LIMIT, "in_force: 2022-01-01", "in_force: 2019-01-01", 15, "values[1].in_force", "a date after that"),
        (LIMIT, "in_force: 2025-01-01", "in_force: 2023-12-31", 21, "values[2].in_force", "the periods overlap"),
        (LIMIT, "until: 2024-01-01", "until: 2022-01-01", 16, "values[1].until", "a date after `in_force`"),
        # citations and status
        (LIMIT, "status: unverified\n", "", 21, "values[2].status", "this field"),
        (LIMIT, ", article: 第三条, item: （二）", "", 12, f"{VALUE}.cite", "an `article` in the citation"),
        (LIMIT, "document: 样发〔2019〕1号, ", "", 12, f"{VALUE}.cite.document", "this field"),
        (LIMIT, "item: （二）", "anchor: 一二三四五六七八九", 12, f"{VALUE}.cite.anchor", "at most 8 characters"),
        (LIMIT, "status: unverified", "status: sure", 24, "values[2].status", "one of verified"),
        (LIMIT, "    verified_on: 2026-11-22\n  - in", "  - in", 13, f"{VALUE}.status", "a `verified_on`"),
        (LIMIT, "unverified", "unverified\n    verified_on: 2026-11-22", 25, "values[2].verified_on", "no such date"),
        # figures
        (LIMIT, 'value: "1000.00"', "value: 1000.00", 11, f"{VALUE}.value", "a quoted amount with two decimals"),
        (LIMIT, 'value: "1000.00"', "value: 1000", 11, f"{VALUE}.value", "a quoted amount with two decimals"),
        (LIMIT, 'value: "1000.00"', 'value: "1000"', 11, f"{VALUE}.value", "an amount with two decimals"),
        (LIMIT, 'value: "1000.00"', 'value: "1000.000"', 11, f"{VALUE}.value", "an amount with two decimals"),
        (LIMIT, 'value: "1000.00"', 'value: "-1000.00"', 11, f"{VALUE}.value", "an amount with two decimals"),
        (LIMIT, 'value: "1000.00"', 'value: "92233720368547758.08"', 11, f"{VALUE}.value", "at most"),
        (LIMIT, 'value: "1000.00"', "value: [1]", 11, f"{VALUE}.value", "a quoted amount with two decimals"),
        (LIMIT, '    value: "1000.00"\n', "", 10, VALUE, "a `value` in CNY"),
        (LIMIT, 'value: "1000.00"', 'value: "1000.00"\n    tiers: [{a: 1}]', 12, f"{VALUE}.tiers", "rows only where"),
        (LIMIT, 'value: "1000.00"', 'value: "1.00"\n    parameters: {a: 1}', 12, f"{VALUE}.parameters", "no param"),
        (LIMIT, "unit: CNY", "unit: count", 11, f"{VALUE}.value", "a whole number"),
        (LIMIT, "unit: CNY", "unit: flag", 11, f"{VALUE}.value", "true or false"),
        (FLAG, "value: true", "value: false", 10, f"{VALUE}.value", "true; a rule that ends"),
        (LIMIT, "unit: CNY", "unit: ratio_ppm", 11, f"{VALUE}.value", "a percentage"),
        # graduated
        (GRADUATED, '{over: "0.00"', '{over: "1.00"', 12, f"{VALUE}.value[0].over", '"0.00" for the first step'),
        (GRADUATED, '{over: "500.00"', '{over: "0.00"', 13, f"{VALUE}.value[1].over", "an amount above"),
        (GRADUATED, "4.5%", "4.50001%", 13, f"{VALUE}.value[1].rate", "a percentage"),
        (GRADUATED, '"4.5%"', "4.5", 13, f"{VALUE}.value[1].rate", "a percentage"),
        (GRADUATED, "    parameters: {transition: 12}\n", "", 10, VALUE, "`parameters` with transition"),
        (GRADUATED, "{transition: 12}", "{transition: 12, other: 1}", 14, f"{VALUE}.parameters.other", "no such field"),
        (DATED, "2020-02-29", "2020-02-30", 14, f"{VALUE}.parameters.by", "a day that exists"),
        (DATED, "2020-02-29", "20200229", 14, f"{VALUE}.parameters.by", "a date"),
        # tables
        (TABLE, "    tiers:\n", "    value: 1\n    tiers:\n", 11, f"{VALUE}.value", "no value beside a table"),
        (TABLE, ROWS, "", 10, VALUE, "the rows of the table"),
        (TABLE, ', factor: "2.0"', "", 12, f"{VALUE}.tiers[0].factor", "this field"),
        (TABLE, '"2.0"', "2.0", 12, f"{VALUE}.tiers[0].factor", "a quoted factor"),
        (TABLE, '"2.0"', '"2"', 12, f"{VALUE}.tiers[0].factor", "a factor with decimals"),
        (TABLE, "months: 12", "months: 12.5", 12, f"{VALUE}.tiers[0].months", "a whole number"),
        (TABLE, "kept: true", "kept: yes", 12, f"{VALUE}.tiers[0].kept", "true or false"),
        (TABLE, "rating: code", "Rating: code", 8, "parameters.Rating", "a lower-case name"),
        (TABLE, "rating: code", "rating: word", 8, "parameters.rating", "one of CNY"),
        (TABLE, COLUMNS, "", 11, f"{VALUE}.tiers[0]", "columns declared"),
    ],
)  # fmt: skip
def test_error(text: str, old: str, new: str, line: int, field: str, expected: str) -> None:
    assert old in text
    with pytest.raises(RuleFileError) as caught:
        pack_of(text.replace(old, new, 1))
    error = caught.value
    assert (error.file, error.line, error.field) == ("sample.yaml", line, error.field)
    assert error.field.startswith(field)
    assert expected in error.expected
    assert str(error).startswith(f"sample.yaml:{line}: {error.field}: got ")


def test_a_file_that_is_not_utf_8_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_bytes(LIMIT.encode().replace(b"kind: limit", b"kind: l\xefmit"))
    with pytest.raises(RuleFileError) as caught:
        load_pack([tmp_path])
    assert (caught.value.line, caught.value.field, caught.value.expected) == (3, "(file)", "UTF-8")


def test_samples_are_right() -> None:
    assert len(pack_of(LIMIT, TABLE, GRADUATED, FLAG.replace("sample.table", "sample.flag")).rules()) == 4


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([LIMIT, TABLE, GRADUATED]))
    start = data.draw(st.integers(min_value=0, max_value=len(text)))
    length = data.draw(st.integers(min_value=0, max_value=12))
    damage = data.draw(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=6))
    try:
        pack = pack_of(text[:start] + damage + text[start + length :])
    except RuleFileError as error:
        outcome = str(error)
    else:
        outcome = pack.digest
    assert outcome
