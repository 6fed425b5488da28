"""A person's file read from a group: what belongs to it, up to a log position, and what an answer shows of it."""

from typing import Any

import numpy as np
import pytest

from benyuan.assurance.bureau.report import assemble, credit_file, report_of
from benyuan.credit_bureau.layouts import ASKED, MONTH, PUBLIC
from benyuan.credit_bureau.vocabulary import (
    ACCOUNT_TYPE_NUMBER,
    FAULT_KIND_NUMBER,
    MEMBER_SORT_NUMBER,
    PURPOSE_NUMBER,
    SECTIONS_OF,
    ObjectionOutcome,
    Purpose,
    Section,
)
from benyuan.engine.group import Group
from benyuan.usecases.register_institution import Register
from benyuan.values.errors import BadInput
from tests.unit.bureau.files import NOON, fold, keep, months, public
from tests.unit.engine.groups import in_memory

LATER = 50
"""A log position after all that stands in the file."""


@pytest.fixture
def group() -> Group:
    """Person 1 has accounts 1 and 3 and some of everything, person 2 has account 2, person 3 has been erased."""
    made = in_memory(now=NOON)
    made.done(Register(name="Benyuan Pay"))
    group = made.group
    fold(group, "bureau_registered", {}, {})
    fold(group, "bureau_member_admitted", *({"bureau": 1, "sort": MEMBER_SORT_NUMBER["bank"]} for _ in range(2)))
    fold(group, "bureau_subject_identified", {"bureau": 1}, {"bureau": 1}, {"bureau": 0})
    card = {"bureau": 1, "member": 1, "type": ACCOUNT_TYPE_NUMBER["R2"], "opened_on": 20200101}
    accounts = [{**card, "subject": who, "reference": number} for number, who in enumerate((1, 2, 1), start=1)]
    accounts[2] |= {"member": 2, "position": 30, "type": ACCOUNT_TYPE_NUMBER["D1"]}
    fold(group, "bureau_account_furnished", *accounts)
    at_once = np.concatenate([months(account, 202609, "N") for account in (1, 2, 3)])
    keep(group, MONTH, at_once, position=10)
    keep(group, MONTH, months(1, 202610, "1"), position=20)
    keep(group, MONTH, months(1, 202610, "N"), position=40)
    keep(group, PUBLIC, public({"subject": 1, "reference": 1, "kind": "penalty", "decided_on": 20260101}), position=11)
    keep(group, ASKED, np.array([(1, 20261001, PURPOSE_NUMBER["loan"])], ASKED.dtype), position=12)
    asked = {"bureau": 1, "purpose": PURPOSE_NUMBER["loan"], "member": 2, "at": NOON}
    fold(group, "bureau_inquiry_made", {**asked, "subject": 1, "position": 13}, {**asked, "subject": 2, "position": 14})
    consent = {"bureau": 1, "subject": 1, "member": 2, "purpose": PURPOSE_NUMBER["loan"], "position": 15, "revoked": 35}
    fold(group, "bureau_consent_granted", consent)
    doubt = {"bureau": 1, "subject": 1, "account": 1, "kind": FAULT_KIND_NUMBER["other"], "position": 16}
    outcomes = (ObjectionOutcome.open, ObjectionOutcome.corrected, ObjectionOutcome.not_confirmed)
    fold(group, "bureau_objection_opened", *({**doubt, "outcome": outcome} for outcome in outcomes))
    return group


def test_a_persons_own_file_and_nothing_of_others(group: Group) -> None:
    file = credit_file(group, bureau=1, subject=1, position=LATER)
    assert [line.account for line in file.lines] == [1, 3]
    assert set(file.months["account"].tolist()) == {1, 3}
    assert (len(file.public), len(file.elsewhere), len(file.asked), len(file.allowed)) == (1, 1, 1, 1)
    assert [(each.objection, each.open) for each in file.objected] == [(1, True), (3, False)]
    assert credit_file(group, bureau=1, subject=2, position=LATER).months["account"].tolist() == [2]


@pytest.mark.parametrize("subject", [-1, 0, 3, 4])
def test_no_file_of_that_number(group: Group, subject: int) -> None:
    with pytest.raises(BadInput):
        credit_file(group, bureau=1, subject=subject)


def test_no_file_at_another_bureau(group: Group) -> None:
    with pytest.raises(BadInput):
        credit_file(group, bureau=2, subject=1)


def test_records_in_the_order_of_furnishing(group: Group) -> None:
    made = report_of(group, bureau=1, subject=1, position=LATER, at=NOON)
    accounts: Any = made.accounts
    assert [account.type for account in accounts] == ["D1", "R2"]
    assert [(month.month, month.status) for month in accounts[1].last_60] == [(202609, "N"), (202610, "N")]


@pytest.mark.parametrize(("position", "letters"), [(39, "N1"), (40, "NN"), (19, "N"), (9, "")])
def test_up_to_a_position(group: Group, position: int, letters: str) -> None:
    made: Any = report_of(group, bureau=1, subject=1, position=position, at=NOON)
    card = next(account for account in made.accounts if account.type == "R2")
    assert "".join(month.status for month in card.last_60) == letters
    assert len(made.accounts) == (2 if position >= 30 else 1)
    assert len(made.consents) == (position >= 15)
    assert [consent.revoked for consent in made.consents] == [position >= 35] * (position >= 15)


@pytest.mark.parametrize(("position", "there"), [(12, False), (13, True)])
def test_inquiries_up_to_a_position(group: Group, position: int, there: bool) -> None:
    assert len(credit_file(group, bureau=1, subject=1, position=position).asked) == there


def test_an_answer_shows_its_sections_alone(group: Group) -> None:
    sections = SECTIONS_OF[Purpose.representative]
    answer = assemble(group, subject=1, sections=int(sections), position=LATER, at=NOON)
    assert answer["sections"] == ["summary", "accounts", "public", "notes"]
    assert not {"identity", "subject", "inquiries", "score", "consents"} & set(answer)
    assert "last_60" not in answer["accounts"][0]
    assert answer["position"] == LATER


def test_an_answer_has_the_time_of_its_inquiry(group: Group) -> None:
    answer = assemble(group, subject=1, sections=int(Section.summary), position=group.position)
    assert (answer["made_at"], answer["made_on"]) == (NOON, 20261128)


def test_what_the_sections_do_not_need_is_not_opened(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []

    def read(position: int) -> dict[str, Any]:
        opened.append(position)
        return {"full_name": "王小明", "words": "mine"}

    monkeypatch.setattr(group.payloads, "read", read)
    fold(group, "bureau_identity_shown", {"id": 5, "subject": 1, "position": 1}, {"id": 6, "subject": 2, "position": 1})
    group.records.tables["bureau_subject"].change({"id": [1], "statement": [1]})
    report_of(group, bureau=1, subject=1, sections=Section.accounts, position=LATER, at=NOON)
    assert opened == []
    made: Any = report_of(group, bureau=1, subject=1, position=LATER, at=NOON)
    assert (made.identity.full_name, made.notes.statement, made.notes.said_on) == ("王小明", "mine", 20261128)
