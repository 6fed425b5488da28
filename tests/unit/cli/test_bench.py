"""The benches at tiny sizes: they run, and report the figures they promise; how fast is never asserted."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from benyuan.cli.bench import bench_app, run_bench, shares
from benyuan.cli.benches import opening, verifying
from benyuan.cli.benches.bare import NINE, WIDE, BareTable, flattened, statement
from benyuan.cli.benches.consolidating import GroupSizes, measure_group
from benyuan.cli.benches.drawing import DrawSizes
from benyuan.cli.benches.duties import DutySizes, measure_duties
from benyuan.cli.benches.gating import GateSizes, measure_gates, without_gates
from benyuan.cli.benches.ledger import LedgerSizes, batches, measure_ledger
from benyuan.cli.benches.measuring import Figures, Stopwatch, fresh_directory, growth, in_child, median_runs, share_of
from benyuan.cli.benches.opening import OpenSizes, measure_open
from benyuan.cli.benches.owning import OwnershipSizes, measure_ownership
from benyuan.cli.benches.payments import PaymentSizes, measure_payments, payments
from benyuan.cli.benches.score import ScoreSizes, measure_score
from benyuan.cli.benches.verifying import VerifySizes, measure_verify
from benyuan.ledger import LegFlag
from benyuan.ledger.layout import ROW
from benyuan.ledger.state import PAGE
from benyuan.usecases import USE_CASES

RUNNER = CliRunner()
LEGS = LedgerSizes(legs=1_050, accounts=50, batch=100)
PAYMENTS = PaymentSizes(payments=250, wallets=20, merchants=3, batch=100, bare_legs=200, bare_accounts=20)


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes a process of its own is called here: each costs more than a second to start."""

    def call(work: Callable[..., Any], *arguments: Any) -> Any:
        return work(*arguments)

    monkeypatch.setattr(opening, "in_child", call)
    monkeypatch.setattr(verifying, "in_child", call)


def test_command_ends_with_one_json_object(tmp_path: Path) -> None:
    options = ["--legs", "300", "--accounts", "20", "--scale", "0.5,1", "--runs", "2", "--dir", str(tmp_path), "--json"]
    result = RUNNER.invoke(bench_app, ["ledger", *options])
    assert result.exit_code == 0, result.output
    figures = json.loads(result.output.splitlines()[-1])
    assert {"bench", "legs_per_s", "limit_rows_per_s", "limit9_rows_per_s", "ratio", "growth", "range"} <= set(figures)
    assert (figures["bench"], figures["legs"], figures["runs"]) == ("ledger", 300, 2)
    assert [step["scale"] for step in figures["growth"]] == [0.5, 1.0]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["payments", "open", "verify"])
def test_other_commands_have_help(name: str) -> None:
    result = RUNNER.invoke(bench_app, [name, "--help"])
    assert result.exit_code == 0
    assert "--scale" in result.output


def test_scale_that_is_no_number_is_refused() -> None:
    result = RUNNER.invoke(bench_app, ["ledger", "--scale", "a"])
    assert result.exit_code == 2
    assert shares("0.1,1") == [0.1, 1.0]


@pytest.mark.parametrize(
    "options", [{}, {"pending": True}, {"chains": 5}, {"hot": 4}], ids=["plain", "pending", "chains", "hot"]
)
def test_ledger_posts_every_leg(options: dict[str, int], tmp_path: Path) -> None:
    sizes = LedgerSizes(legs=LEGS.legs, accounts=LEGS.accounts, batch=LEGS.batch, **options)  # type: ignore[arg-type]
    figures = measure_ledger(sizes, tmp_path)
    assert figures["legs"] == LEGS.legs
    assert figures["legs_per_s"] > 0 < figures["limit_rows_per_s"]
    assert figures["ratio"] > 0


def test_ledger_columns_are_what_the_options_say() -> None:
    chained = list(batches(LedgerSizes(legs=23, accounts=9, batch=10, chains=5)))
    assert [len(batch["amount"]) for batch in chained] == [10, 10, 3]
    assert chained[0]["flags"].tolist() == [1, 1, 1, 1, 0] * 2
    assert chained[2]["flags"].tolist() == [1, 1, 0]
    hot = next(batches(LedgerSizes(legs=1_000, accounts=500, batch=1_000, hot=4)))
    assert 400 < np.count_nonzero(hot["credit_account"] <= 4) < 600
    assert (hot["credit_account"] != hot["debit_account"]).all()
    held, posted = batches(LedgerSizes(legs=20, accounts=9, batch=10, pending=True))
    assert held["flags"] == LegFlag.pending
    assert posted["pending_id"].tolist() == list(range(1, 11))


def test_payments_figures(tmp_path: Path) -> None:
    figures = measure_payments(PAYMENTS, tmp_path)
    assert {"payments_per_s", "legs_per_s", "bare_legs_per_s", "ratio", "save_s"} <= set(figures)
    assert figures["legs_per_payment"] == 6
    assert 2 < figures["journaled_legs_per_payment"] <= 6
    assert 0 < figures["accepted_share"] <= 1


def test_payments_are_seeded() -> None:
    first, again = (next(payments(PAYMENTS)) for _ in range(2))
    assert first["columns"]["amount_fen"].tolist() == again["columns"]["amount_fen"].tolist()
    assert first["keys"] == again["keys"]


@pytest.mark.usefixtures("in_this_process")
def test_open_after_a_close_folds_nothing(tmp_path: Path) -> None:
    sizes = OpenSizes(legs=500, accounts=PAGE + 20, batch=100, unsaved=True, cold=True)  # a whole page, and one in part
    figures = measure_open(sizes, tmp_path)
    assert (figures["legs"], figures["folded_legs"]) == (500, 0)
    assert figures["seconds"] > 0 < figures["unsaved_s"]


def test_open_after_a_kill_folds_the_tail(tmp_path: Path) -> None:
    figures = measure_open(OpenSizes(legs=500, accounts=20, batch=100, killed=True, tail=200), tmp_path)
    assert (figures["legs"], figures["folded_legs"]) == (500, 200)


@pytest.mark.usefixtures("in_this_process")
def test_verify_figures(tmp_path: Path) -> None:
    figures = measure_verify(VerifySizes(ledger=LEGS, payments=PAYMENTS), tmp_path)
    assert figures["legs"] == LEGS.legs
    wanted = {"legs_per_s", "read_legs_per_s", "ratio", "redecided_legs_per_s", "peak_rss_mib"}
    assert wanted <= set(figures)


def test_bare_table_takes_rows_as_they_are(tmp_path: Path) -> None:
    rows = np.zeros(250, ROW)
    rows["amount"] = np.arange(250)
    rows["ceiling"] = np.iinfo(np.int64).max
    assert flattened(rows[1:2], ("amount", "code", "ceiling")) == [1, 0, np.iinfo(np.int64).max]
    assert statement(("a", "b"), rows=2) == "INSERT INTO leg(a,b) VALUES (?,?),(?,?)"
    for columns in (WIDE, NINE):
        with BareTable(tmp_path / f"{len(columns)}.db", columns) as table:
            table.insert(rows)
            assert table.count() == 250


def test_medians_ranges_and_growth() -> None:
    rates = iter([30, 10, 20])

    def measure(sizes: object, directory: Path) -> Figures:
        assert directory.is_dir()
        return {"legs_per_s": next(rates), "legs": sizes}

    (found,) = median_runs(measure, [5], base=None, runs=3)
    assert found == {"legs_per_s": 20, "legs": 5, "runs": 3, "range": {"legs_per_s": [10, 30]}}
    steps = growth([(0.1, {"legs_per_s": 200_000}), (1.0, {"legs_per_s": 100_000})], rate="legs_per_s")
    assert [(step["us_per_unit"], step["growth"]) for step in steps] == [(5.0, 1.0), (10.0, 2.0)]


def test_sizes_scale() -> None:
    assert LedgerSizes().scaled(0.1).legs == 100_000
    assert VerifySizes().scaled(0.1).payments.payments == 20_000
    assert share_of(1_000, 0.25, step=100) == 200
    assert OpenSizes().scaled(0.01).tail == OpenSizes().tail
    assert Stopwatch().rate(5) == 0


def test_bench_is_named(tmp_path: Path) -> None:
    figures = run_bench("ledger", measure_ledger, LEGS, base=tmp_path)
    assert figures["bench"] == "ledger"
    assert "growth" not in figures


def test_child_is_another_process() -> None:
    assert in_child(os.getpid) != os.getpid()
    with fresh_directory(None) as directory:
        assert directory.is_dir()
    assert not directory.exists()


def test_score_bench_scores_every_file(tmp_path: Path) -> None:
    figures = measure_score(ScoreSizes(files=2_000).scaled(0.5), tmp_path)
    assert figures["files"] == 1_000
    assert {"seconds", "files_per_s", "limit_s", "ratio"} <= set(figures)
    assert 306 <= figures["mean_score"] <= 607
    assert list(tmp_path.iterdir()) == []


def test_duties_are_scanned_by_the_million(tmp_path: Path) -> None:
    figures = measure_duties(DutySizes(customers=1_000), tmp_path)
    assert figures["duties"] == 1_120
    assert 0 < figures["overdue"] < figures["due_or_overdue"] < figures["open"] + figures["overdue"]
    assert figures["duties_per_s"] > 0


def test_gates_are_left_out_and_come_back(tmp_path: Path) -> None:
    kept = USE_CASES["pay"].gates
    with without_gates("pay"):
        assert USE_CASES["pay"].gates == ()
    assert USE_CASES["pay"].gates == kept
    draws = DrawSizes(draws=60, borrowers=5, batch=10)
    figures = measure_gates(GateSizes(payments=PAYMENTS, draws=draws), tmp_path)
    assert figures["payment_us"] > 0 < figures["draw_without_us"]
    assert figures["payment_gates_share"] < 1 > figures["draw_gates_share"]


def test_group_is_consolidated_twelve_deep(tmp_path: Path) -> None:
    figures = measure_group(GroupSizes(bodies=40, positions=2_000), tmp_path)
    assert {"seconds", "limit_s", "ratio", "positions_per_s"} <= set(figures)
    assert (figures["bodies"], figures["layers"], figures["positions"], figures["pairs"]) == (40, 12, 2_000, 2_000)
    assert 0 < figures["mismatches"] < 100


def test_ownership_is_looked_through_twelve_deep(tmp_path: Path) -> None:
    figures = measure_ownership(OwnershipSizes(bodies=240, days=1), tmp_path)
    assert {"look_through_s", "record_per_s", "register_s", "ratio", "bodies_per_s"} <= set(figures)
    assert (figures["bodies"], figures["days"]) == (240, 1)
    assert 220 <= figures["controlled"] <= figures["stakes"]
    assert figures["behind"] > 1 < figures["related"]
