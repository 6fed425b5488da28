"""Files that members furnish: CSV, Parquet and JSON lines, good records taken, bad ones told, loads resumed."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benyuan.assurance.bureau.account_files import furnish_accounts
from benyuan.assurance.bureau.furnishing import Furnished, furnish_file
from benyuan.credit_bureau.layouts import ASKED
from benyuan.credit_bureau.vocabulary import Sort
from benyuan.values.errors import BadInput
from tests.unit.bureau.bureaus import AGREED, BANK, UTILITY, Bureau, bureau_in_memory, shown
from tests.unit.bureau.furnished import checked, held, with_account
from tests.unit.engine.dated import moment

ON = 20260402
GOOD = {"account_number": "A1", "month": "2026-03", "status": "N", "balance_fen": "500"}
LATE = {"status": "1", "overdue_fen": "5", "notified_on": "2026-04-01", "notice": "sha256:ab"}
FORBIDDEN = ("religion", "genes", "fingerprints", "blood_type", "illness", "medical_history", "full_name", "note")


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    """The rows in a file, as its name's ending says."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix == ".parquet":
        pq.write_table(pa.table({name: [row.get(name) for row in rows] for name in names}), path)
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def furnished(bureau: Bureau, path: Path, *, sort: Sort = Sort.months, **options: Any) -> Furnished:
    bureau.on = max(bureau.on, ON)
    at = max(moment(bureau.on), bureau.group.last_at)
    whose = {"bureau": 1, "member": BANK, "client": "file", "at": at, **options}
    if sort is Sort.accounts:
        return furnish_accounts(bureau.group, path, **whose)
    return furnish_file(bureau.group, path, sort=sort, **whose)


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".jsonl"])
def test_a_file_of_each_form(tmp_path: Path, ending: str) -> None:
    bureau = with_account(people=2)
    rows = [GOOD, {**GOOD, **LATE, "month": "202602"}, {**GOOD, "account_number": "A2", "status": "*"}]
    done = furnished(bureau, written(tmp_path / f"months{ending}", rows))
    assert (done.records, done.taken, done.refused) == (3, 3, [])
    assert held(bureau.group, 1) == [(202603, "N"), (202602, "1")]
    assert held(bureau.group, 2) == [(202603, "*")]
    checked(bureau)


def test_numbers_of_the_bureau_in_typed_columns(tmp_path: Path) -> None:
    bureau = with_account()
    table = pa.table({"account": np.array([1, 2]), "month": np.array([202603, 202603], np.int32), "status": ["N", "C"]})
    path = tmp_path / "months.parquet"
    pq.write_table(table, path)
    done = furnished(bureau, path)
    assert [(each.line, each.field) for each in done.refused] == [(2, "account")]
    assert held(bureau.group) == [(202603, "N")]


def test_bad_cells_spoil_their_own_records(tmp_path: Path) -> None:
    bureau = with_account()
    bad: list[tuple[dict[str, str], str]] = [
        ({"month": "2026-13"}, "month"),
        ({"month": "March"}, "month"),
        ({"month": ""}, "month"),
        ({"status": "8"}, "status"),
        ({"status": "late"}, "status"),
        ({"status": ""}, "status"),
        ({"balance_fen": "5.00"}, "balance_fen"),
        ({"balance_fen": "9" * 30}, "balance_fen"),
        ({"due_fen": "-1"}, "due_fen"),
        ({"terms_left": "70000"}, "terms_left"),
        ({"paid_on": "2026-02-30"}, "paid_on"),
        ({"paid_on": "yesterday"}, "paid_on"),
        ({"account_number": "Z9"}, "account"),
        ({"account_number": ""}, "account"),
        ({"account_number": "A1' OR 1=1 --"}, "account"),
        ({**LATE, "notice": "", "month": "2026-02"}, "cr.furnish.negative_notice"),
    ]
    done = furnished(bureau, written(tmp_path / "months.csv", [GOOD, *({**GOOD, **row} for row, _ in bad)]))
    assert [(each.line, each.rule or each.field) for each in done.refused] == [
        (line, why) for line, (_, why) in enumerate(bad, 3)
    ]
    assert done.taken == 1
    assert all(each.rule or each.constraint for each in done.refused)
    checked(bureau)


@pytest.mark.parametrize("name", FORBIDDEN)
@pytest.mark.parametrize("ending", [".csv", ".jsonl"])
def test_a_column_that_there_is_no_place_for_spoils_the_file(tmp_path: Path, name: str, ending: str) -> None:
    bureau = with_account()
    before = bureau.group.position
    with pytest.raises(BadInput) as told:
        furnished(bureau, written(tmp_path / f"months{ending}", [{**GOOD, name: "x"}]))
    assert (told.value.field, told.value.value) == ("column", name)
    assert bureau.group.position == before


@pytest.mark.parametrize(
    ("name", "content", "field"),
    [
        ("months.txt", "x", "file"),
        ("months.csv", "account,account,month,status\n1,1,202603,N\n", "file"),
        ("months.csv", "account,status\n1,N\n", "column"),
        ("months.csv", 'account,month,status\n"1,202603,N\n1,202602,N\n', "file"),
        ("months.csv", "account,month,status\r1,202603,N\r", "column"),
        ("months.csv", "", "file"),
        ("months.parquet", "not parquet", "file"),
    ],
)
def test_a_file_that_can_not_be_read(tmp_path: Path, name: str, content: str, field: str) -> None:
    bureau = with_account()
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(BadInput) as told:
        furnished(bureau, path)
    assert told.value.field == field


def test_a_column_that_comes_twice_spoils_a_parquet_file(tmp_path: Path) -> None:
    columns = [pa.array([1]), pa.array([202603]), pa.array([202602]), pa.array(["N"])]
    path = tmp_path / "months.parquet"
    pq.write_table(pa.Table.from_arrays(columns, names=["account", "month", "month", "status"]), path)
    with pytest.raises(BadInput, match="each name once"):
        furnished(with_account(), path)


ROW = "A1,202603,N\n"
OBJECT = '{"account_number": "A1", "month": 202603, "status": "N"}\n'


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("months.csv", f"{ROW}A1,202602\n", [3]),
        ("months.csv", f"A1,202602\n{ROW}A1,202602,N,5\n\n", [2, 4]),
        ("months.csv", f"\n{ROW}\n\nA1,2x2602,N\n\n", [6]),
        ("months.csv", f"\r\n{ROW}A1,202602\r\n", [4]),
        ("months.jsonl", f"{OBJECT}{{", [2]),
        ("months.jsonl", f"[1]\n\n{OBJECT}{OBJECT[:-9]}\n", [1, 4]),
        ("months.jsonl", f"{'[' * 100_000}\n{OBJECT}", [1]),
    ],
)
@pytest.mark.parametrize("rows", [1, 2, 100])
def test_a_line_that_is_no_record_spoils_no_other(
    tmp_path: Path, name: str, content: str, wrong: list[int], rows: int
) -> None:
    path = tmp_path / name
    path.write_bytes((content if name.endswith("l") else f"account_number,month,status\n{content}").encode())
    done = furnished(with_account(), path, rows=rows)
    assert [each.line for each in done.refused] == wrong
    assert (done.records, done.taken) == (1 + len(wrong), 1)


def test_a_number_too_great_spoils_its_own_record(tmp_path: Path) -> None:
    path = tmp_path / "months.parquet"
    balances = pa.array([2**63, 5], pa.uint64())
    pq.write_table(
        pa.table({"account": [1, 1], "month": [202602, 202603], "status": ["N"] * 2, "balance_fen": balances}), path
    )
    done = furnished(with_account(), path)
    assert (done.taken, [(each.line, each.field) for each in done.refused]) == (1, [(1, "balance_fen")])


def test_a_file_of_nothing_but_its_header(tmp_path: Path) -> None:
    bureau = with_account()
    path = tmp_path / "months.csv"
    path.write_text("account,month,status\n", "utf-8")
    assert furnished(bureau, path).records == 0


def test_a_load_goes_on_where_it_stopped_and_takes_nothing_twice(tmp_path: Path) -> None:
    bureau = with_account(people=3)
    rows = [{**GOOD, "account_number": f"A{1 + place % 3}", "month": f"20260{1 + place // 3}"} for place in range(9)]
    path = written(tmp_path / "months.csv", rows)

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        furnished(bureau, path, rows=4, told=stop)
    assert bureau.count("bureau_parcel") == 1
    done = furnished(bureau, path, rows=4)
    assert (done.records, done.taken, done.parcels) == (9, 9, [1, 2, 3])
    assert furnished(bureau, path, rows=4).parcels == [1, 2, 3]
    assert held(bureau.group, 2) == [(202601, "N"), (202602, "N"), (202603, "N")]
    checked(bureau)


def test_a_file_that_was_withdrawn_can_be_furnished_again(tmp_path: Path) -> None:
    bureau = with_account()
    path = written(tmp_path / "months.csv", [GOOD])
    for parcel in (1, 2):
        assert furnished(bureau, path).parcels == [parcel]
        assert held(bureau.group) == [(202603, "N")]
        bureau.do("withdraw_parcel", member=BANK, parcel=parcel)
        assert held(bureau.group) == []
    assert furnished(bureau, path).parcels == [3]
    checked(bureau)


def test_the_same_file_again_asks_anew_for_what_was_not_taken_alone(tmp_path: Path) -> None:
    """Persons 2 and 3 consent only after the file came first: theirs is taken then, and what was taken isn't twice."""
    bureau = with_account()
    inquiry = {"document": "resident_id", "asked_on": "2026-03-01", "purpose": "loan"}
    path = written(tmp_path / "asked.csv", [{**inquiry, "number": shown(person)["number"]} for person in (2, 1, 3)])
    taken = []
    for person in (0, 2, 3):
        if person:
            bureau.consent(person, starts_on=20260101, times=0, furnishing=True, expires_on=20301231)
        done = furnished(bureau, path, sort=Sort.inquiries)
        taken.append((done.taken, [each.line for each in done.refused]))
    assert taken == [(1, [2, 4]), (2, [4]), (3, [])]
    before = bureau.group.position
    assert furnished(bureau, path, sort=Sort.inquiries).taken == 3
    assert bureau.group.position == before
    assert [len(bureau.group.pages.read(ASKED, [subject]).records) for subject in (1, 2, 3)] == [1, 1, 1]
    checked(bureau)


def test_a_file_that_was_stopped_goes_on_once_the_member_may(tmp_path: Path) -> None:
    bureau = with_account()
    bureau.do("agree_membership", on=ON, member=BANK, **{**AGREED, "from_date": ON, "furnishes": "accounts"})
    path = written(tmp_path / "months.csv", [GOOD])
    assert furnished(bureau, path).stopped is not None
    bureau.do("agree_membership", on=20260403, member=BANK, **{**AGREED, "from_date": 20260403})
    done = furnished(bureau, path)
    assert (done.stopped, done.taken, held(bureau.group)) == (None, 1, [(202603, "N")])
    checked(bureau)


def test_a_row_of_accounts_that_was_refused_is_asked_for_anew(tmp_path: Path) -> None:
    bureau = bureau_in_memory()
    bureau.do("agree_membership", member=BANK, **{**AGREED, "furnishes": "months"})
    path = written(tmp_path / "accounts.csv", [account_row(1)])
    assert furnished(bureau, path, sort=Sort.accounts).taken == 0
    bureau.on = 20260403
    bureau.do("agree_membership", member=BANK, **{**AGREED, "from_date": 20260403})
    assert furnished(bureau, path, sort=Sort.accounts).taken == 1
    assert bureau.count("bureau_consent") == 1


def test_a_file_of_corrections(tmp_path: Path) -> None:
    bureau = with_account()
    furnished(bureau, written(tmp_path / "months.csv", [{**GOOD, **LATE}]))
    furnished(bureau, written(tmp_path / "right.csv", [GOOD]), correct=True)
    assert held(bureau.group) == [(202603, "N")]
    with pytest.raises(BadInput):
        furnished(bureau, tmp_path / "right.csv", sort=Sort.public, correct=True)


def test_without_a_contract_the_file_is_stopped(tmp_path: Path) -> None:
    bureau = with_account()
    done = furnished(bureau, written(tmp_path / "months.csv", [GOOD]), member=UTILITY)
    assert done.stopped is not None
    assert done.stopped.refusal is not None
    assert done.stopped.refusal.rule_id == "cr.provider.contract"
    assert (done.taken, done.refused) == (0, [])


def test_public_records_and_inquiries_by_document(tmp_path: Path) -> None:
    bureau = with_account()
    number = shown(1)["number"]
    court = {
        "document": "resident_id",
        "number": number,
        "case_number": "(2026)1",
        "kind": "judgment",
        "published": "1",
    }
    rows = [{**court, "decided_on": "2026-02-01"}, {**court, "number": shown(7)["number"], "decided_on": "2026-02-01"}]
    done = furnished(bureau, written(tmp_path / "court.csv", rows), sort=Sort.public, member=UTILITY)
    assert (done.taken, [(each.line, each.field) for each in done.refused]) == (1, [(3, "subject")])
    asked = [{"document": "resident_id", "number": number, "asked_on": "2026-03-01", "purpose": "loan"}]
    assert furnished(bureau, written(tmp_path / "asked.jsonl", asked), sort=Sort.inquiries).taken == 1
    checked(bureau)


def account_row(person: int, **fields: str) -> dict[str, str]:
    who = {name: str(item) for name, item in shown(person).items()}
    own = {"account_number": f"A{person}", "type": "R2", "opened_on": "2026-01-01", "limit_fen": "2000000"}
    consent = {"consented_on": "2026-01-01", "consented_until": "2030-12-31", "evidence": "ab" * 32}
    return {**who, **own, **consent, **fields}


def test_a_file_of_accounts_brings_persons_consents_and_accounts(tmp_path: Path) -> None:
    bureau = bureau_in_memory()
    bureau.on = ON
    rows = [
        account_row(1),
        account_row(2, number="110101195601010012"),
        account_row(3, evidence=""),
        account_row(4, type="R9"),
        account_row(5, opened_on="2027-01-01"),
        account_row(1, account_number="B1"),
        account_row(6, consented_until="2026-01-02"),
    ]
    done = furnished(bureau, written(tmp_path / "accounts.csv", rows), sort=Sort.accounts)
    assert (done.records, done.taken) == (7, 2)
    assert [(each.line, each.rule or each.field) for each in done.refused] == [
        (3, "number"),
        (4, "evidence"),
        (5, "type"),
        (6, "opened_on"),
        (8, "cr.collect.consent"),
    ]
    assert bureau.count("bureau_account") == 2
    again = furnished(bureau, tmp_path / "accounts.csv", sort=Sort.accounts)
    assert bureau.count("bureau_account") == 2
    assert again.taken == 2
    checked(bureau)
