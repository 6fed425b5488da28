"""`benyuan group checks, risk, losses`: what they say, and their exit codes."""

from pathlib import Path
from typing import Any

import pytest

from benyuan.cli.failures import BAD_INPUT, FINE, FOUND
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import found_town, on_file
from tests.unit.group.ownership import HOLDING, Houses
from tests.unit.group.staff import Office
from tests.unit.group.test_losses import LOSS
from tests.unit.group.test_risk import PERCENT, Board

FREEZE: dict[str, Any] = {"wallet": 1, "amount_fen": 500, "reference": "order 1"}


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A holding company with a limit that is passed, a loss, and staff."""
    path = tmp_path / "group.db"
    board = Board(Houses(on_file(path)).desk)
    board.figures(net_assets=100, outside_guarantees=6)
    board.limit("outside_guarantees", 4 * PERCENT, 5 * PERCENT)
    board.done("record_loss_event", **LOSS)
    board.desk.group.close()
    return f"sqlite:///{path}"


def test_risk_is_shown_and_recorded(url: str) -> None:
    shown = benyuan("group", "risk", "--database", url)
    assert shown.exit_code == FOUND
    assert "RED" in shown.output
    (line,) = answer("group", "risk", str(HOLDING), "--database", url)["lines"]
    assert (line["light"], line["distance_ppm"], line["readings"]) == ("red", -PERCENT, [])
    (line,) = answer("group", "risk", "--record", "--database", url)["lines"]
    assert [each["light"] for each in line["readings"]] == ["red"]
    assert len(line["owed"]) == 3
    assert benyuan("group", "risk", "--record", "--on", "20260501", "--database", url).exit_code == BAD_INPUT
    assert benyuan("group", "risk", "1", "--database", url).exit_code == FINE


def test_losses_are_shown(url: str) -> None:
    told = answer("group", "losses", "--database", url)
    assert [each["gross_fen"] for each in told["events"]] == [100_000]
    shown = benyuan("group", "losses", str(HOLDING), "--database", url)
    assert "1,000.00" in shown.output
    assert benyuan("group", "losses", "--on", "20201031", "--database", url).exit_code == BAD_INPUT


def test_checks_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    desk = on_file(path)
    office = Office(found_town(desk))
    office.require()
    office.propose("freeze_amount", **FREEZE)
    office.ask("freeze_amount", **FREEZE)
    desk.group.close()
    url = f"sqlite:///{path}"
    told = answer("group", "checks", "--database", url)
    assert [each["state"] for each in told["proposals"]] == ["open"]
    assert [each["rule"] for each in told["attempts"]] == ["gov.house.checks"]
    asked = answer("group", "checks", "--proposal", "1", "--database", url)
    assert (asked["command"], asked["fields"]) == ("freeze_amount", FREEZE)
    assert benyuan("group", "checks", "--proposal", "2", "--database", url).exit_code == BAD_INPUT
    assert "amount_fen = 500" in benyuan("group", "checks", "--proposal", "1", "--database", url).output
    shown = benyuan("group", "checks", "--database", url)
    assert "institution 1: checks are required from" in shown.output
