"""`benyuan code`: codes made for merchants, as payload and picture, and any maker's read."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benyuan.cli import codes
from benyuan.payments.codes import read
from tests.unit.cli.running import answer, benyuan, lines, shop
from tests.unit.payments.test_codes import EMVCO, PIX, PROMPTPAY


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shop(tmp_path_factory.mktemp("codes"))


def test_a_static_code(database: Path) -> None:
    made = answer("code", "show", 2, "--database", database)
    assert made["file"] is None
    told = answer("code", "read", made["payload"])
    assert told["ours"] == {"institution": 1, "merchant": 2}
    assert (told["initiation"], told["name"], told["city"]) == ("static", "MERCHANT 2", "CHINA")
    assert "amount" not in told
    assert answer("code", "show", 2, "--database", database) == made


def test_a_dynamic_code_with_chinese_names(database: Path) -> None:
    named = ("--name", "BEST TRANSPORT", "--city", "BEIJING", "--name-zh", "最佳运输", "--city-zh", "北京")
    words = (*named, "--amount", "1234.50", "--reference", "2026-0411", "--category", "4111")
    payload = answer("code", "show", 1, *words, "--database", database)["payload"]
    told = answer("code", "read", payload)
    assert (told["initiation"], told["amount"], told["amount_fen"]) == ("dynamic", "1234.50", 123_450)
    assert told["additional"] == {"reference_label": "2026-0411"}
    assert told["local"] == {"language": "ZH", "name": "最佳运输", "city": "北京"}
    assert told["category"] == "4111"
    ran = benyuan("code", "show", 1, *words, "--database", database)
    assert ran.stdout.splitlines()[-1] == payload
    assert "█" in ran.stdout


@pytest.mark.parametrize("form", ["svg", "png", "SVG"])
def test_pictures(database: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"till.{form}"
    words = ("code", "show", 1, "--amount", "5", "--name-zh", "点心店", "--out", out, "--database", database)
    ran = benyuan(*words)
    assert ran.exit_code == 0, ran.output
    assert read(ran.stdout.removeprefix(f"{out}: ").rstrip("\n")).amount_fen == 500
    picture = out.read_bytes()
    if form == "png":
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    else:
        assert ET.fromstring(picture).tag.endswith("svg")
    assert answer(*words)["file"] == str(out)
    assert out.read_bytes() == picture
    assert [file.name for file in tmp_path.iterdir()] == [out.name]


def test_pictures_hold_utf_8() -> None:
    assert codes._picture("点茗").mode == "byte"  # left to itself, the library takes Shift JIS in its mode for kanji


def test_a_terminal_that_can_not_draw(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "speaks_unicode", lambda: False)
    ran = benyuan("code", "show", 1, "--database", database)
    assert ran.exit_code == 0
    assert ran.stdout.startswith("000201")
    assert "--out" in ran.stderr


@pytest.mark.parametrize(
    ("code", "said", "words"),
    [
        (4, "no merchant 9", (9,)),
        (2, "", (0,)),
        (2, "", ("first",)),
        (2, "--amount", (1, "--amount", "1.234")),
        (2, "--amount", (1, "--amount", "-1")),
        (2, "--amount", (1, "--amount", "")),
        (2, "at least one fen", (1, "--amount", "0")),
        (2, "object 54", (1, "--amount", "10000000000.00")),
        (2, "object 62.05", (1, "--reference", "R" * 26)),
        (2, "ASCII", (1, "--name", "最佳运输")),
        (2, "object 59", (1, "--name", "N" * 26)),
        (2, "object 64.01", (1, "--name-zh", "名" * 26)),
        (2, "object 52", (1, "--category", "shop")),
        (2, ".svg, .png", (1, "--out", "till.gif")),
        (2, "a directory that is there", (1, "--out", "no/such/till.svg")),
    ],
)
def test_what_is_not_shown(database: Path, code: int, said: str, words: tuple[object, ...]) -> None:
    ran = benyuan("code", "show", *words, "--database", database)
    assert ran.exit_code == code, ran.output
    assert said in ran.output
    assert "Traceback" not in ran.output
    told = answer("code", "show", *words, "--database", database)
    assert told["error"] in ("not_found", "bad_input", "usage")


def test_the_database_is_never_written_over(tmp_path: Path) -> None:
    named = shop(tmp_path).rename(tmp_path / "shop.png")
    before = named.read_bytes()
    ran = benyuan("code", "show", 1, "--out", named, "--database", named)
    assert (ran.exit_code, "another file than the database" in ran.output) == (2, True)
    assert named.read_bytes() == before


def test_another_makers_code() -> None:
    told = answer("code", "read", EMVCO)
    assert told["accounts"][0] == {"id": "29", "objects": {"00": "D15600000000", "05": "A93FO3230Q"}}
    assert (told["amount"], told["amount_fen"], told["local"]["name"]) == ("23.72", 2_372, "最佳运输")
    assert told["others"] == {"91": "0016A011223344998877070812345678"}
    assert "ours" not in told
    ran = benyuan("code", "read", EMVCO)
    assert ran.exit_code == 0
    assert "最佳运输" in ran.stdout
    assert "A93FO3230Q" in ran.stdout


def test_a_payload_from_standard_input() -> None:
    ran = benyuan("code", "read", "-", typed=f"{PIX}\n")
    assert ran.exit_code == 0
    assert "Fulano de Tal" in ran.stdout


@pytest.mark.parametrize(
    ("field", "payload"),
    [("object 63", PIX[:-1] + "E"), ("object 52", PROMPTPAY), ("object 00", ""), ("payload, character 1", "hello")],
)
def test_what_is_no_code(field: str, payload: str) -> None:
    assert benyuan("code", "read", payload).exit_code == 2
    told = answer("code", "read", payload)
    assert (told["error"], told["field"]) == ("bad_input", field)


def test_a_code_that_is_issued_pays_once(tmp_path: Path) -> None:
    database = shop(tmp_path)
    made = answer("code", "issue", 1, "--amount", "12.50", "--minutes", 2, "--database", database)
    told = answer("code", "read", made["payload"])
    assert told["ours"] == {"institution": 1, "merchant": 1, "merchant_code": made["merchant_code"]}
    assert told["amount_fen"] == 1_250
    pay = {"kind": "pay", "payer": 1, "merchant": 1, "channel": "dynamic_code", "authentication": "two_kinds"}
    rows = [{**pay, "amount_fen": fen, "merchant_code": made["merchant_code"]} for fen in (1_251, 1_250, 1_250)]
    done = answer("run", lines(tmp_path / "pay.jsonl", rows), "--database", database)
    assert (done["accepted"], done["refused"]) == (1, 2)
    assert [row["rule_id"] for row in done["refused_by_rule"]] == ["qr.merchant_code.once"]
    again = answer("code", "issue", 1, "--amount", "12.50", "--database", database)
    assert again["merchant_code"] != made["merchant_code"]


def test_a_code_that_is_refused_or_makes_no_sense_is_not_drawn(tmp_path: Path) -> None:
    database = shop(tmp_path)
    stop = {"kind": "suspend_merchant", "merchant": 1, "stop": "risk_event", "reference": "a"}
    assert answer("run", lines(tmp_path / "stop.jsonl", [stop]), "--database", database)["accepted"] == 1
    out = tmp_path / "till.svg"
    ran = benyuan("code", "issue", 1, "--amount", "1", "--out", out, "--database", database)
    assert (ran.exit_code, out.exists()) == (1, False)
    assert "公告〔2013〕第9号" in ran.output
    assert benyuan("code", "issue", 9, "--amount", "1", "--database", database).exit_code == 4
    assert benyuan("code", "issue", 2, "--amount", "0", "--database", database).exit_code == 2
