"""Consents and data incidents of the first version of their commands are read: they stand, and carry what they said.

A first yes to sensitive data named no purpose, a first no none either; a first incident without harm had no paper, and
a first notice no items.
"""

from pathlib import Path
from typing import Any

import pytest

from benyuan.assurance.protection.calendar import calendar
from benyuan.assurance.protection.consents import consents_of
from benyuan.assurance.protection.own_data import own_data
from benyuan.decisions.commands import REGISTRY
from benyuan.engine import codec, group
from benyuan.engine.verify import verify
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases import USE_CASES
from benyuan.usecases.protection.claims.record_data_incident import RecordMishap
from benyuan.usecases.protection.claims.report_data_incident import ReportMishap
from benyuan.usecases.protection.contact.give_consent_to import GiveConsentTo
from benyuan.values.dates import add_hours, local_day
from tests.unit.engine.groups import Desk, found_town, on_file, vault_beside
from tests.unit.protection.customers import OTHER_TEXT, TEXT, THIRD_TEXT

TO: dict[str, Any] = {"receiver_kind": "other", "receiver": 7, "kinds": "location"}
CHANGED = ("give_consent_to", "withdraw_consent_to", "record_data_incident", "report_data_incident")
ADDED = frozenset({"measures", "items"})


def as_it_was(old: pytest.MonkeyPatch) -> None:
    """The commands as they were declared first."""
    for kind in CHANGED:
        old.setattr(REGISTRY[kind], "version", 1)
    for case in (RecordMishap, ReportMishap):
        old.setattr(case, "gates", ())
    old.setattr(GiveConsentTo, "faults", lambda *_: {})
    old.setattr(REGISTRY["report_data_incident"], "identified", False)
    old.setattr(group, "thin_columns", lambda columns: codec.thin_columns(_without_the_new(columns)))


def _without_the_new(columns: Any) -> dict[str, Any]:
    of_no = {"purpose"} if "to" in columns and "preticked" not in columns else set()
    of_notice = {"kinds"} if "told" in columns else set()
    return {name: column for name, column in columns.items() if name not in ADDED | of_no | of_notice}


def said_first(desk: Desk) -> None:
    """Person 1's yeses and noes, and an incident of institution 1's."""
    yes, no = REGISTRY["give_consent_to"], REGISTRY["withdraw_consent_to"]
    desk.done(
        yes(person=1, to="sharing", place="app", text_digest=TEXT, purpose="service", **TO),
        yes(person=1, to="sensitive", place="app", text_digest=OTHER_TEXT, kinds="location"),
        no(person=2, to="sharing", place="app", receiver_kind="other", receiver=7),
        REGISTRY["record_incident"](institution=1, kind_of_incident="data_leak", occurred_at=desk.now, records=9_000),
    )
    leak = {"institution": 1, "incident": 1, "mishap": "leak", "people": 3, "found_at": desk.now, "words": "a disk"}
    desk.done(
        REGISTRY["record_data_incident"](harm="none", **leak),
        REGISTRY["record_data_incident"](harm="other", **leak),
        REGISTRY["report_data_incident"](data_incident=1, told="authority"),
    )


def test_what_was_said_and_recorded_before_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "group.db"
    with monkeypatch.context() as old:
        as_it_was(old)
        desk = found_town(on_file(file))
        said_first(desk)
        desk.group.close()
    desk = on_file(file)
    told = consents_of(desk.group, whose="person", number=1, on=local_day(desk.now))
    assert [(each.topic, each.purpose, each.stands) for each in told] == [
        ("sharing", "service", "yes"),
        ("sensitive", "none", "yes"),
    ]
    share = REGISTRY["share_data"](person=1, purpose="service", **TO)
    refused = desk.one(share).refusal
    assert refused is not None
    assert refused.rule_id == "pi.sensitive", "a yes for nothing in particular carries nothing"
    yes = {"person": 1, "to": "sensitive", "place": "app", "purpose": "service", **TO}
    desk.done(REGISTRY["give_consent_to"](text_digest=THIRD_TEXT, **yes), share)
    no = desk.one(REGISTRY["withdraw_consent_to"](person=1, to="sensitive", place="app"))
    assert (no.results["ended"], desk.one(share).accepted) == (2, False)
    desk.now = add_hours(desk.now, 73)
    branch = next(each for each in calendar(desk.group, on=local_day(desk.now)) if each.kind == "report_incident")
    assert (branch.state, branch.due_at) == ("overdue", add_hours(desk.now, -1))
    kinds = {row["kind"] for row in own_data(desk.group, person=1)["commands"]}
    assert {"withdraw_consent_to", "give_consent_to", "share_data"} <= kinds
    desk.group.close()
    report = verify(store=SqliteStore(file, read_only=True), vault=vault_beside(file), use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 6)
