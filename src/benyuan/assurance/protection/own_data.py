"""All that a firm of the group holds about one customer, as values that JSON can hold, and as a zip of JSON and CSV.

Source: PIPL, art. 45 (to see, to copy). There are rows, commands, and the texts that they name by number. It is handed
out on record: `hand_out_data` stands in the log before anything is opened. In the zip lie `own-data.json`, a CSV a
table, and `manifest.json` with the SHA-256 of each file, the log's hash, and what was left out by which law. The same
log gives the same bytes.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from benyuan.assurance.bureau.report import EVERYTHING, report_of
from benyuan.assurance.lender_books.account_life import account_life
from benyuan.assurance.lender_books.loan_life import loan_life
from benyuan.assurance.protection.own_holdings import Holding, commands, holding, tables, with_log
from benyuan.assurance.protection.own_places import HOMES
from benyuan.assurance.protection.own_texts import texts
from benyuan.assurance.statements.files import safe_cell
from benyuan.assurance.statements.holders import holders_of_person
from benyuan.assurance.statements.statement import Period, Statement
from benyuan.consumer_protection.customers import CUSTOMER
from benyuan.engine.group import Group
from benyuan.values.dates import china_time, local_day
from benyuan.values.errors import BadInput

SCHEMA = "benyuan.own-data"
VERSION = 2
FIRMS = {"person": "institution", "borrower": "lender", "subject": "bureau"}
LEFT_OUT = (
    {
        "what": "reports of suspicious dealings, and what leads to them",
        "document": "反洗钱法（2024）",
        "article": "第七条、第三十五条",
    },
    {"what": "names of staff who dealt with the customer", "document": "个人信息保护法", "article": "第四条"},
)
MADE_AT = (1980, 1, 1, 0, 0, 0)
"""The time of each file in the zip, which is no fact of the customer's."""


def own_data(group: Group, *, person: int = 0, borrower: int = 0, subject: int = 0) -> dict[str, Any]:
    """All that is held about one customer. Errors: BadInput for no such one; VaultLocked, SealBroken."""
    of, number = _one({"person": person, "borrower": borrower, "subject": subject})
    held = group.records.tables[HOMES[of]]
    firm = int(held.column(FIRMS[of])[number]) if 0 < number <= held.count else 0
    if not firm:
        raise BadInput(of, number, f"a {of} that there is")
    mine = holding(group, of=of, number=number)
    told = list(commands(group, mine))
    mine = with_log(mine, told)
    return {
        "schema": SCHEMA,
        "version": VERSION,
        of: number,
        FIRMS[of]: firm,
        "as_of": china_time(group.last_at),
        "position": group.position,
        "left_out": [dict(each) for each in LEFT_OUT],
        "tables": tables(group, mine),
        "commands": told,
        "texts": texts(group, mine),
        **_further(group, mine),
    }


def package(data: Mapping[str, Any], *, head: bytes) -> bytes:
    """The zip. `head`: the hash of the log from which the data came."""
    files = {"own-data.json": _json(data)}
    files |= {f"tables/{name}.csv": _csv(rows) for name, rows in data["tables"].items()}
    files |= {f"texts/{name}.csv": _csv(rows) for name, rows in data["texts"].items()}
    for name in ("commands", "entries"):
        if data.get(name):
            files[f"{name}.csv"] = _csv(data[name])
    manifest = {
        "schema": f"{SCHEMA}-manifest",
        "version": VERSION,
        "log_head": head.hex(),
        **{name: data[name] for name in (*CUSTOMER, "as_of", "position", "left_out") if name in data},
        "files": {name: {"sha256": _digest(body), "bytes": len(body)} for name, body in files.items()},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in {"manifest.json": _json(manifest), **files}.items():
            archive.writestr(zipfile.ZipInfo(name, MADE_AT), body, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def faults_of(package_bytes: bytes) -> list[str]:
    """The names of files that are not what the manifest says, or that it doesn't name; none where all is whole."""
    with zipfile.ZipFile(io.BytesIO(package_bytes)) as archive:
        named = json.loads(archive.read("manifest.json"))["files"]
        there = {name: _digest(archive.read(name)) for name in archive.namelist()}
    there.pop("manifest.json")
    return sorted(name for name in {*named, *there} if named.get(name, {}).get("sha256") != there.get(name))


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _one(named: Mapping[str, int]) -> tuple[str, int]:
    given = [(of, number) for of, number in named.items() if number]
    if len(given) != 1:
        raise BadInput(CUSTOMER[0], named[CUSTOMER[0]], "one customer: person, borrower or subject")
    return given[0]


def _further(group: Group, mine: Holding) -> dict[str, Any]:
    """What is told in a form of its own: entries of wallets, lives of loans and accounts, the credit report."""
    number = mine.number
    if mine.of == "person":
        return {"entries": _entries(group, number)}
    if mine.of == "borrower":
        return {
            "loans": [_plain(loan_life(group, loan=loan)) for loan in sorted(mine.ids["loan"])],
            "accounts": [_plain(account_life(group, account=each)) for each in sorted(mine.ids["credit_account"])],
        }
    bureau = int(group.records.tables[HOMES[mine.of]].column("bureau")[number])
    return {"report": _plain(report_of(group, bureau=bureau, subject=number, sections=EVERYTHING))}


def _entries(group: Group, person: int) -> list[dict[str, Any]]:
    """Every entry of every wallet, from the day on which the person became a customer."""
    since = int(group.records.tables["person"].column("registered_on")[person])
    period = Period(first_day=since, last_day=local_day(group.last_at))
    return [
        {"wallet": holder.id, **_plain(entry)}
        for holder in holders_of_person(group, person=person)
        for entry in Statement(group=group, holder=holder, period=period).entries()
    ]


def _plain(thing: Any) -> Any:
    """Values that JSON can hold; integers of NumPy as integers."""
    return msgspec.to_builtins(thing, enc_hook=_whole)


def _whole(thing: Any) -> Any:
    if isinstance(thing, np.ndarray):
        return thing.tolist()
    if isinstance(thing, np.integer):
        return int(thing)
    raise TypeError(f"{type(thing).__name__} is no value of JSON")


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, default=_whole).encode() + b"\n"


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A line a row; a cell that holds several things is JSON."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([[_cell(row.get(name, "")) for name in names] for row in rows])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return safe_cell(value)
    return json.dumps(value, ensure_ascii=False, default=_whole) if isinstance(value, list | dict) else value
