"""A million commands: memory stays level, and a repeated file of them is answered as it was.

Run for long only. Worked: between the 300,000th and the millionth payment the process grows by less than 300 MB.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LINES, PEOPLE, WARM, LEVEL_KB = 8_000, 1_000, 300_000, 300_000

POSTER = """
import json, resource, sys
from pathlib import Path
import numpy as np
from tests.unit.engine.groups import found_town, on_file

def columns(lines):
    return {
        "payer": np.arange(lines) % people + 1, "merchant": np.full(lines, 1), "amount_fen": np.full(lines, 1),
        "channel": ["online"] * lines, "authentication": ["two_kinds"] * lines,
    }

def resident_kb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024

total, lines, people, warm = map(int, sys.argv[2:])
desk = found_town(on_file(Path(sys.argv[1])), people=people)
seen, first = [], None
for start in range(0, total, lines):
    keys = [f"line {number}" for number in range(start, start + lines)]
    answers = desk.group.execute_columns(kind="pay", columns=columns(lines), client="file", keys=keys)
    first = answers if first is None else first
    assert answers.counts()["accepted"] == lines
    if start >= warm:
        seen.append(resident_kb())
again = desk.group.execute_columns(
    kind="pay", columns=columns(lines), client="file", keys=[f"line {number}" for number in range(lines)]
)
assert again.position.tolist() == first.position.tolist()
desk.group.close()
print(json.dumps(seen))
"""


@pytest.mark.soak
def test_soak_a_million_commands(tmp_path: Path) -> None:
    arguments = (tmp_path / "group.db", 1_000_000, LINES, PEOPLE, WARM)
    done = subprocess.run(
        [sys.executable, "-c", POSTER, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    resident_kb = json.loads(done.stdout)
    assert max(resident_kb) - resident_kb[0] < LEVEL_KB
