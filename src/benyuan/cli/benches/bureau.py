"""`bench bureau`: tradeline-months furnished in bulk and reports by key, beside bare rows in and bare rows out.

Every member furnishes its book month by month, a parcel each, every record sifted (account, consent, days, amounts,
contradictions, repeats, notice, years); then, after a restart, reports of persons at random, each read and built.
The bare table holds the same records at their true width, as they come; an index by account is made before it is read.
"""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benyuan import __version__
from benyuan.assurance.bureau.furnishing import furnish_file
from benyuan.assurance.bureau.report import report_of
from benyuan.cli.benches.measuring import MIB, SEED, Figures, Stopwatch, in_child, peak_rss_mib, share_of
from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.vocabulary import SECTIONS_OF, STATUS_NUMBER, MonthStatus, Purpose, Sort
from benyuan.engine.group import Group
from benyuan.engine.regime import Regime
from benyuan.rules import load_pack
from benyuan.simulate.identities import full_name, identity_number
from benyuan.storage.sqlite import SqliteStore
from benyuan.storage.vault import KeyDirectory, KeyVault
from benyuan.usecases import USE_CASES
from benyuan.values.dates import day_begins_at
from benyuan.values.days import months_later

CHUNK = 10_000
MEMBERS = 4
FIRST_MONTH, SETTING_UP = 20220101, 20220110
LATE_EVERY = 25
ROWS_A_STATEMENT = 50
BARE_ROWS, BARE_LOOKS = 1_000_000, 10_000
NINE = 9 * 3_600_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BureauSizes:
    """Persons with two accounts each, months of every account, and reports."""

    people: int = 200_000
    months: int = 25
    reports: int = 10_000

    def scaled(self, share: float) -> "BureauSizes":
        """The persons times `share`; months and reports stay."""
        return replace(self, people=share_of(self.people, share, step=MEMBERS))


def measure_bureau(sizes: BureauSizes, directory: Path) -> Figures:
    """One run, in a process of its own, so that its memory is the work's alone."""
    figures: Figures = in_child(_measure, sizes, directory)
    return figures


def _measure(sizes: BureauSizes, directory: Path) -> Figures:
    group = _opened(directory)
    with Stopwatch() as set_up:
        accounts = _set_up(group, sizes.people)
    before = peak_rss_mib()
    furnishing, records = Stopwatch(), 0
    for number, month in enumerate(_months(sizes.months)):
        at = day_begins_at(int(months_later(np.array([month * 100 + 1]), 1)[0])) + NINE
        for member, of in enumerate(accounts, 1):
            rows = a_month(of, month=month, number=number)
            with furnishing:
                answer = group.execute_parcel(
                    kind="furnish_months",
                    columns={"bureau": 1, "member": member},
                    records=rows,
                    client="bench",
                    key=f"{member} {month}",
                    at=at,
                )
            records += answer.results["records"]
    group.close()
    group = _opened(directory)
    reports = _report_times(group, sizes)
    file_rate = _file_rate(group, accounts[0], directory, after=sizes.months)
    group.close()
    bare_rate, bare_look = _bare(accounts[0], directory)
    return {
        "people": sizes.people,
        "accounts": sum(map(len, accounts)),
        "records": records,
        "records_per_s": furnishing.rate(records),
        "records_per_cpu_s": furnishing.cpu_rate(records),
        "limit_rows_per_s": bare_rate,
        "ratio": round(furnishing.rate(records) / bare_rate, 3),
        "file_records_per_s": file_rate,
        "reports": sizes.reports,
        "report_p50_ms": round(float(np.percentile(reports, 50)) * 1_000, 3),
        "report_p99_ms": round(float(np.percentile(reports, 99)) * 1_000, 3),
        "bare_look_up_ms": round(bare_look * 1_000, 4),
        "mb": peak_rss_mib(),
        "mb_before": before,
        "store_mb": _size_of(directory.joinpath("bureau.db")) // MIB,
        "accounts_set_up_per_s": set_up.rate(sum(map(len, accounts))),
    }


def a_month(accounts: NDArray[np.int64], *, month: int, number: int) -> NDArray[Any]:
    """How accounts stood in a month: one in twenty-five is late, the person told on the first of the next month."""
    rows = np.zeros(len(accounts), MONTH.dtype)
    rows["account"], rows["month"], rows["limit_fen"] = accounts, month, 2_000_000
    rows["balance_fen"] = (accounts * 7_919 + number * 104_729) % 1_500_000
    rows["due_fen"] = rows["balance_fen"] // 10
    late = (accounts + number) % LATE_EVERY == 0
    rows["status"] = np.where(late, STATUS_NUMBER[MonthStatus.late_1], STATUS_NUMBER[MonthStatus.normal])
    rows["paid_fen"] = np.where(late, 0, rows["due_fen"])
    rows["overdue_fen"] = np.where(late, rows["due_fen"] + 1, 0)
    rows["notified_on"] = np.where(late, month * 100 + 28, 0)
    rows["notice"] = np.where(late, accounts + 1, 0)
    return rows


def _opened(directory: Path) -> Group:
    return Group(
        store=SqliteStore(str(directory.joinpath("bureau.db"))),
        vault=KeyVault(KeyDirectory(directory.joinpath("keys"))),
        regime=Regime(pack=load_pack()),
        use_cases=USE_CASES,
        release=__version__,
    )


def _set_up(group: Group, people: int) -> list[NDArray[np.int64]]:
    """The bureau, its members, the persons' consents and accounts; returns the accounts of each member."""
    members = range(1, MEMBERS + 1)
    standing: dict[str, list[Any]] = {"bureau": [1], "capital_fen": [10_000_000_000]}
    first = {**standing, "from_date": [20220101], "licensed_until": [20241231]}
    _give(group, "register_bureau", {"name": ["bench"]})
    _give(group, "record_bureau_standing", first)
    later = {**standing, "from_date": [20250101], "licensed_until": [20271231]}
    _give(group, "admit_member", {"bureau": [1] * MEMBERS, "sort": ["bank"] * MEMBERS})
    terms: dict[str, list[Any]] = {
        "member": list(members),
        "from_date": [20220101] * MEMBERS,
        "furnishes": ["all"] * MEMBERS,
    }
    terms |= {"reported_on": [20220101] * MEMBERS, "reviewed_on": [20220101] * MEMBERS}
    _give(group, "agree_membership", terms)
    person, member = _holders(people)
    who: dict[str, list[Any]] = {
        "bureau": [1] * len(person),
        "member": member.tolist(),
        "document": ["resident_id"] * len(person),
        "number": [identity_number(int(each)) for each in person],
    }
    consents = _give(
        group,
        "grant_consent",
        {
            **who,
            "full_name": [full_name(int(each)) for each in person],
            "purpose": ["loan"] * len(person),
            "starts_on": [SETTING_UP] * len(person),
            "expires_on": [20991231] * len(person),
            "times": [1] * len(person),
            "furnishing": [True] * len(person),
            "written": [True] * len(person),
            "evidence": ["digest"] * len(person),
        },
    )["consent"]
    made: dict[str, list[Any]] = {
        "consent": consents.tolist(),
        "account_number": [f"{each:012d}" for each in range(len(person))],
        "type": ["R2"] * len(person),
        "opened_on": [20220101] * len(person),
        "limit_fen": [2_000_000] * len(person),
    }
    accounts = _give(group, "furnish_account", {**who, **made})["account"]
    _give(group, "record_bureau_standing", later, kind_key="later")
    return [accounts[member == each] for each in members]


def _holders(people: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Whose each account is, and at which member, member by member: each person has one at each of two."""
    every = np.arange(1, people + 1)
    person, member = np.concatenate([every, every]), np.concatenate([every, every + 1]) % MEMBERS + 1
    order = np.argsort(member, kind="stable")
    return person[order], member[order]


def _give(
    group: Group, kind: str, columns: dict[str, list[Any]], *, kind_key: str = ""
) -> dict[str, NDArray[np.int64]]:
    """Commands in chunks; returns their results. Errors: AssertionError where one is refused."""
    count = len(next(iter(columns.values())))
    found: dict[str, list[NDArray[np.int64]]] = {}
    for first in range(0, count, CHUNK):
        part = {name: column[first : first + CHUNK] for name, column in columns.items()}
        keys = [f"{kind}{kind_key} {first + place}" for place in range(len(next(iter(part.values()))))]
        at = day_begins_at(SETTING_UP) + NINE
        answers = group.execute_columns(kind=kind, columns=part, client="bench", keys=keys, at=at)
        if answers.counts()["accepted"] < len(keys):
            raise AssertionError(next(answer for answer in answers if not answer.accepted))
        for name in answers[0].results:
            found.setdefault(name, []).append(answers.results(name))
    return {name: np.concatenate(parts) for name, parts in found.items()}


def _months(count: int) -> Iterator[int]:
    return (int(months_later(np.array([FIRST_MONTH]), number)[0]) // 100 for number in range(count))


def _report_times(group: Group, sizes: BureauSizes) -> NDArray[np.float64]:
    """Seconds of each of so many reports of persons at random, encoded as JSON."""
    draw = np.random.default_rng(SEED)
    times = np.zeros(sizes.reports)
    for place, subject in enumerate(draw.integers(1, sizes.people + 1, sizes.reports).tolist()):
        begun = time.perf_counter()
        report_of(group, bureau=1, subject=subject, sections=SECTIONS_OF[Purpose.own])
        times[place] = time.perf_counter() - begun
    return times


def _file_rate(group: Group, accounts: NDArray[np.int64], directory: Path, *, after: int) -> int:
    """Records a second of one more month of the first member as a Parquet file."""
    month = int(months_later(np.array([FIRST_MONTH]), after)[0]) // 100
    rows = a_month(accounts, month=month, number=after)
    words = np.array([status.value for status in MonthStatus])
    columns = {name: rows[name] for name in MONTH.dtype.names or () if name not in ("status", "notice")}
    notices = [str(each) if each else "" for each in rows["notice"].tolist()]
    path = directory.joinpath("months.parquet")
    pq.write_table(pa.table({**columns, "status": words[rows["status"]], "notice": notices}), path)
    at = day_begins_at(int(months_later(np.array([month * 100 + 1]), 1)[0])) + NINE
    with Stopwatch() as watch:
        done = furnish_file(group, path, sort=Sort.months, bureau=1, member=1, client="bench", at=at)
    if done.taken < len(rows):
        raise AssertionError(done.refused[:3] or done.stopped)
    return watch.rate(done.taken)


def _bare(accounts: NDArray[np.int64], directory: Path) -> tuple[int, float]:
    """Rows a second into a bare table, durable; seconds to read the rows of one account by an index."""
    names = MONTH.dtype.names or ()
    connection = sqlite3.connect(directory.joinpath("bare.db"), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"CREATE TABLE month({', '.join(names)})")
    row = f"({', '.join('?' * len(names))})"
    statement = f"INSERT INTO month VALUES {', '.join([row] * ROWS_A_STATEMENT)}"  # noqa: S608
    count, watch = 0, Stopwatch()
    whole = len(accounts) // ROWS_A_STATEMENT * ROWS_A_STATEMENT
    for number, month in enumerate(_months(max(BARE_ROWS // max(whole, 1), 1))):
        rows = a_month(accounts[:whole], month=month, number=number).tolist()
        with watch:
            flat = [value for each in rows for value in each]
            step = ROWS_A_STATEMENT * len(names)
            connection.execute("BEGIN")
            connection.executemany(statement, (flat[start : start + step] for start in range(0, len(flat), step)))
            connection.execute("COMMIT")
        count += whole
    connection.execute("CREATE INDEX month_by_account ON month(account)")
    draw = np.random.default_rng(SEED)
    wanted = accounts[draw.integers(0, whole, BARE_LOOKS)].tolist()
    begun = time.perf_counter()
    for account in wanted:
        connection.execute("SELECT * FROM month WHERE account = ?", (account,)).fetchall()
    seconds = time.perf_counter() - begun
    connection.close()
    return watch.rate(count), seconds / len(wanted)


def _size_of(path: Path) -> int:
    return sum(each.stat().st_size for each in path.parent.glob(path.name + "*"))
