"""The README's examples run: its Python, on a small demo, and the CSV that it describes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
HEADER = "key,payer,merchant,amount_fen,channel,authentication,bank_account"


def run(*arguments: str, cwd: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("demo")
    run("-m", "benyuan", "demo", "--clients", "40", "--days", "36", cwd=directory)
    return directory


def test_the_python_example(demo: Path) -> None:
    example = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert example is not None
    told = run("-c", example.group(1), cwd=demo)
    assert re.fullmatch(r"\{'fee_fen': \d+, 'saved_fen': \d+, 'balance_fen': 1250, 'card_fen': 0\}\n", told)


def test_the_csv_that_it_describes(demo: Path) -> None:
    assert f"`{HEADER}`" in README
    (demo / "my.csv").write_text(f"{HEADER}\norder-1,3,5,1,dynamic_code,two_kinds,0\n", "utf-8")
    told = run("-m", "benyuan", "run", "my.csv", "--kind", "pay", "--database", "sqlite:///demo.db", cwd=demo)
    assert "1 commands" in told
