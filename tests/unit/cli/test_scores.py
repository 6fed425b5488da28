"""`benyuan score`: the table, training, figures and one file explained, as tables and as JSON; what is refused."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benyuan.credit_bureau.score.reading import text_of
from benyuan.simulate.score import evaluation
from benyuan.storage.scorecards import BUILT_IN
from tests.unit.cli.running import answer, benyuan, text
from tests.unit.credit_bureau.score_files import CARD
from tests.unit.simulate.scored import evaluated


@pytest.fixture
def tried_already(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures take seconds, and are held elsewhere."""
    monkeypatch.setattr(evaluation, "evaluate", lambda *_, **__: evaluated())


def files(directory: Path, **columns: Any) -> Path:
    """Files of the small card's factors as Parquet."""
    whole = {
        "months_known": [6, 6, 6, 2],
        "worst_6m": [0, 0, 2, 0],
        "utilisation_1m_ppm": [0, 300_000, 900_000, -1],
        "limit_fen": [0, 1_000_000, 0, 0],
        "bad": [0, 0, 1, 1],
    } | columns
    path = directory / "files.parquet"
    pq.write_table(pa.table({name: column for name, column in whole.items() if column is not None}), path)
    return path


@pytest.mark.usefixtures("tried_already")
def test_training_writes_card_and_model_card(tmp_path: Path) -> None:
    told = answer("score", "train", "--out", tmp_path / "made")
    assert told["as_shipped"] is True
    assert told["evaluation"]["five_fold"]["auc_ppm"] > 767_000
    assert [Path(path).name for path in told["written"]] == ["personal.yaml", "3-score-model-card.md"]
    assert Path(told["written"][0]).read_bytes() == BUILT_IN.read_bytes()
    assert "## What it isn't" in Path(told["written"][1]).read_text(encoding="utf-8")


@pytest.mark.usefixtures("tried_already")
def test_training_says_what_it_reached() -> None:
    said = benyuan("score", "train").stdout
    assert "it is the one that comes along" in said
    assert "the same with sex, age, education, marriage" in said


def test_the_table_of_points() -> None:
    told = answer("score", "card")
    assert told["card"]["name"] == "personal"
    assert (told["least_score"], told["most_score"]) == (306, 607)
    assert "none in 6 months" in benyuan("score", "card").stdout
    assert "6个月内没有" in benyuan("score", "card", "--language", "zh").stdout


def test_a_card_of_ones_own(tmp_path: Path) -> None:
    own = text(tmp_path / "own.yaml", text_of(CARD))
    assert answer("score", "card", "--card", own)["card"]["base_points"] == 380
    broken = text(tmp_path / "broken.yaml", text_of(CARD).replace("factor: worst_6m", "factor: sex"))
    told = answer("score", "card", "--card", broken)
    assert (told["field"], told["value"]) == ("factors[0].factor", "sex")
    assert benyuan("score", "card", "--card", broken).exit_code == 2
    assert answer("score", "card", "--card", tmp_path / "none.yaml")["error"] == "file"


def test_monitoring_the_clients_held_out() -> None:
    told = answer("score", "monitor", "--cut-off", "520")
    assert (told["files"], told["unscored"], told["cut_off"]) == (9_045, 0, 520)
    assert told["discrimination"] == {"files": 9_045, "bads": 2_022, "auc_ppm": 770_503, "ks_ppm": 428_143}
    assert told["drift"][0]["name"] == "score"
    assert set(told["groups"]) == {"sex", "education", "marriage", "age"}
    said = benyuan("score", "monitor").stdout
    assert "age: under 25" in said
    assert "stable" in said


def test_monitoring_files_of_ones_own(tmp_path: Path) -> None:
    own = text(tmp_path / "own.yaml", text_of(CARD))
    told = answer("score", "monitor", files(tmp_path), "--card", own)
    assert (told["files"], told["unscored"], told["groups"]) == (4, 1, {})
    assert told["discrimination"]["auc_ppm"] == 1_000_000
    assert [each["name"] for each in told["drift"]] == ["worst_6m", "utilisation_1m_ppm", "limit_fen"]


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"bad": None}, "bad"),
        ({"limit_fen": None}, "limit_fen"),
        ({"limit_fen": [0.5] * 4}, "limit_fen"),
        ({"limit_fen": [0, 1, 2, None]}, "limit_fen"),
        ({"bad": [0, 0, 0, 2]}, "bad"),
        ({"bad": [0, 0, 0, 0]}, "bad"),
        ({"worst_6m": [0, 0, 0, -2]}, "worst_6m"),
    ],
)
def test_files_that_cannot_be_monitored(columns: dict[str, Any], field: str, tmp_path: Path) -> None:
    own = text(tmp_path / "own.yaml", text_of(CARD))
    assert answer("score", "monitor", files(tmp_path, **columns), "--card", own)["field"] == field


def test_what_is_no_parquet(tmp_path: Path) -> None:
    told = answer("score", "monitor", text(tmp_path / "files.parquet", "no"))
    assert (told["error"], told["field"]) == ("bad_input", "files.parquet")
    assert answer("score", "monitor", tmp_path / "none.parquet")["error"] == "file"


def test_one_client_explained() -> None:
    told = answer("score", "explain", "17")
    assert told["score"] == told["base_points"] + sum(line["points"] for line in told["lines"])
    assert len(told["reasons"]) == 4
    said = benyuan("score", "explain", "17", "--language", "zh").stdout
    assert "评分不是对授信结果的承诺" in said
    assert "You may ask for an explanation" in benyuan("score", "explain", "17").stdout


@pytest.mark.parametrize("client", [0, 30_001])
def test_clients_that_are_not_there(client: int) -> None:
    assert answer("score", "explain", client)["field"] == "CLIENT"
