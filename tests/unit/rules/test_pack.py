"""One digest for the same rules however they are spread, and the same pack back from its canonical form."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.rules import RuleFileError, RulePack, RuleValue, load_pack
from benyuan.values import BadInput
from tests.unit.rules.samples import DATED, GRADUATED, LIMIT, TABLE, pack_of, write

BUILT_IN = load_pack()
OPEN = """\
open:
  - id: sample.open
    title: To do
    document: 样发〔2019〕1号
    article: 第九条
    status: verified
    reason: waits for the sample room
"""


@given(st.permutations([LIMIT, TABLE, GRADUATED, OPEN]))
def test_the_digest_knows_no_order(texts: list[str]) -> None:
    assert pack_of(*texts).digest == pack_of(LIMIT, TABLE, GRADUATED, OPEN).digest


def test_the_digest_knows_no_files(tmp_path: Path) -> None:
    listed = "rules:\n" + "".join(
        f"  - {text.rstrip().replace(chr(10), chr(10) + '    ')}\n" for text in (TABLE, LIMIT)
    )
    apart = load_pack(paths=[write(tmp_path / "a", one=LIMIT, two=TABLE)])
    together = load_pack(paths=[write(tmp_path / "b", all=listed)])
    assert apart.digest == together.digest


def test_the_digest_is_that_of_the_canonical_form() -> None:
    pack = pack_of(LIMIT, OPEN)
    assert pack.digest == hashlib.sha256(pack.canonical()).hexdigest()


def test_any_change_moves_the_digest() -> None:
    changed = [
        LIMIT.replace("1000.00", "1000.01"),
        LIMIT.replace("2020-01-01", "2020-01-02"),
        LIMIT.replace("unverified", "secondary"),
        LIMIT.replace("第三条", "第四条"),
        LIMIT.replace("window: day", "window: month"),
    ]
    assert len({pack_of(text).digest for text in [LIMIT, *changed]}) == len(changed) + 1


@pytest.mark.parametrize("pack", [pack_of(), pack_of(LIMIT, TABLE, GRADUATED, OPEN), BUILT_IN, BUILT_IN.with_drafts()])
def test_canonical_round_trip(pack: RulePack) -> None:
    restored = RulePack.from_canonical(pack.canonical())
    assert restored == pack
    assert restored.digest == pack.digest
    assert restored.canonical() == pack.canonical()


def test_defaults_are_left_out_so_that_new_fields_move_no_digest() -> None:
    rule = json.loads(pack_of(LIMIT).canonical())["rules"][0]
    assert "includes" not in rule
    assert "note" not in rule["values"][0]
    assert "parameters" not in rule["values"][0]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data.replace(b'"format":1', b'"format":2'),
        lambda data: data.replace(b'"format":1', b'"format":1,"more":1'),
        lambda data: data.replace(b'"kind":"limit"', b'"kind":"quota"'),
        lambda data: data.replace(b'{"drafts"', b'{ "drafts"'),
        lambda data: b"",
    ],
)
def test_only_canonical_form_is_restored(damage: object) -> None:
    assert callable(damage)
    with pytest.raises(BadInput, match="canonical"):
        RulePack.from_canonical(damage(pack_of(LIMIT).canonical()))


def test_an_id_is_used_once() -> None:
    with pytest.raises(BadInput, match=r"sample\.limit"):
        pack_of(LIMIT, LIMIT)


def test_rules_are_sorted_and_found() -> None:
    pack = pack_of(TABLE, LIMIT, OPEN)
    assert [rule.id for rule in pack.rules()] == ["sample.limit", "sample.table"]
    assert pack.rule("sample.table").title.zh == "表格"
    assert [row.id for row in pack.open_rows] == ["sample.open"]


def test_figures_of_a_table() -> None:
    best, second = pack_of(TABLE).value(id="sample.table", on=20200101).tiers
    assert (best.code("rating"), best.ppm("over"), best.ppm("factor")) == ("A", 950_000, 2_000_000)
    assert (second.ppm("over"), second.ppm("factor"), second.count("months")) == (900_000, 1_500_000, 6)
    assert (best.fen("most"), best.cents("dollars"), best.flag("kept"), second.flag("kept")) == (500, 100, True, False)
    with pytest.raises(TypeError, match="of type ratio_ppm, not CNY"):
        best.fen("over")
    with pytest.raises(KeyError):
        best.fen("least")


def test_figures_of_slices() -> None:
    value = pack_of(GRADUATED).value(id="sample.graduated", on=20200101)
    assert [(each.over_fen, each.rate_ppm) for each in value.slices] == [(0, 50_000), (50_000, 45_000)]
    assert value.parameters.count("transition") == 12
    assert pack_of(DATED).value(id="sample.dated", on=20200101).parameters.date("by") == 20200229
    with pytest.raises(TypeError, match="no figure in ratio_ppm"):
        _ = value.ppm


@pytest.mark.parametrize("figure", ["ppm", "count", "flag"])
def test_a_figure_of_another_unit(figure: str) -> None:
    value: RuleValue = pack_of(LIMIT).value(id="sample.limit", on=20200101)
    with pytest.raises(TypeError):
        getattr(value, figure)


# Layers: the built-in rules, and a user's over them.

HOUSE = LIMIT.replace("id: sample.limit", "id: qr.risk.D\noverrides: true")


def test_an_override_stands_instead_of_the_rule(tmp_path: Path) -> None:
    pack = load_pack(paths=[write(tmp_path, house=HOUSE)])
    assert pack.value(id="qr.risk.D", on=20200101).fen == 100_000
    assert len(pack.rules()) == len(BUILT_IN.rules())


def test_the_built_in_rules_are_read_once_and_further_files_leave_them_alone(tmp_path: Path) -> None:
    further = load_pack(paths=[write(tmp_path, house=HOUSE)])
    assert load_pack() is load_pack() is BUILT_IN
    assert further.digest != BUILT_IN.digest


def test_one_path_may_be_given_alone(tmp_path: Path) -> None:
    file = write(tmp_path, house=HOUSE) / "house.yaml"
    assert load_pack(file).digest == load_pack(paths=[str(tmp_path)]).digest


def test_an_encoded_row_is_no_longer_open(tmp_path: Path) -> None:
    row = BUILT_IN.open_rows[0].id
    pack = load_pack(paths=[write(tmp_path, house=LIMIT.replace("sample.limit", row))])
    assert row not in {each.id for each in pack.open_rows}
    assert pack.rule(row).id == row


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"house": HOUSE.replace("overrides: true\n", "")}, "`overrides: true`"),
        ({"house": HOUSE.replace("qr.risk.D", "qr.risk.E")}, "nothing to override"),
        ({"a": LIMIT, "b": LIMIT}, "used once"),
        ({"a": HOUSE, "b": HOUSE}, "used once"),
        ({"a": LIMIT, "b": OPEN.replace("sample.open", "sample.limit")}, "no rule has"),
        ({"a": OPEN, "b": OPEN}, "no other open row"),
        ({"a": OPEN.replace("sample.open", "qr.risk.D")}, "no rule has"),
    ],
)
def test_layers_that_are_refused(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    with pytest.raises(RuleFileError, match=expected) as caught:
        load_pack(paths=[write(tmp_path, **files)])
    assert caught.value.file.startswith(str(tmp_path))


def test_a_path_without_rules(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(RuleFileError, match="a file or directory of rules"):
            load_pack(paths=[path])


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_bytes("标题".encode("gbk"))
    with pytest.raises(RuleFileError, match="UTF-8"):
        load_pack(paths=[tmp_path])
