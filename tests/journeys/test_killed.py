"""A file killed on the way and run again: every command exactly once, the same end as without the kill."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benyuan.storage.sqlite import SqliteStore
from tests.unit.cli.running import answer, shop, text

ROWS, CHUNK = 12_000, 200
HEAD = "payer,merchant,amount_fen,channel,authentication\n"


def position(database: Path) -> int:
    store = SqliteStore(database, read_only=True)
    last = store.last_block()
    store.close()
    return last.first_position + last.commands - 1 if last else 0


@pytest.mark.parametrize("timed", [False, True])
def test_a_killed_file_is_resumed(tmp_path: Path, timed: bool) -> None:
    database = shop(tmp_path)
    before = position(database)
    draw = random.Random(7)
    rows = "".join(
        f"{draw.randint(1, 2)},{draw.randint(1, 2)},{draw.randint(1, 9)},online,two_kinds"
        + (f",{1_777_700_000_000_000 + number}" if timed else "")
        + "\n"
        for number in range(ROWS)
    )
    file = text(tmp_path / "payments.csv", (HEAD.strip() + ",at\n" if timed else HEAD) + rows)
    words = ["run", str(file), "--kind", "pay", "--database", str(database), "--chunk", str(CHUNK)]

    started = subprocess.Popen([sys.executable, "-m", "benyuan", *words], stdout=subprocess.DEVNULL)
    while position(database) < before + 5 * CHUNK and started.poll() is None:
        time.sleep(0.005)
    os.kill(started.pid, signal.SIGKILL)
    started.wait()
    reached = position(database)
    assert before < reached < before + ROWS
    assert answer("balance", "--book", "--database", database)  # to look needs no lock and writes nothing

    done = answer(*words)
    assert done["repeated"] == reached - before
    assert done["accepted"] == ROWS
    assert position(database) == before + ROWS
    assert answer(*words)["repeated"] == ROWS
    sold = sum(answer("balance", f"merchant:{number}", "--database", database)[0]["balance"] for number in (1, 2))
    assert sold == sum(int(row.split(",")[2]) for row in rows.splitlines())
    assert answer("verify", "--fold-only", "--database", database)["ok"]
