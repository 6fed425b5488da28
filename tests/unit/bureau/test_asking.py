"""Answers: recorded before they leave, shown once recorded, given again under the same key; and consents' receipts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benyuan.assurance.bureau.asking import Shown, ask, ask_all, digest_of
from benyuan.assurance.bureau.receipts import receipt, text
from benyuan.credit_bureau.vocabulary import Purpose
from benyuan.engine.group import Group
from benyuan.engine.store import StoreUnavailable
from benyuan.usecases.bureau.inquire import InquiryFields
from benyuan.usecases.bureau.look import LookFields
from benyuan.usecases.bureau.read_own_report import OwnReportFields
from benyuan.values.errors import BadInput
from tests.unit.bureau.bureaus import (
    BANK,
    BEGAN,
    FURNISHING,
    Bureau,
    bureau_in_memory,
    check_refused,
    check_verified,
    found_bureau,
    particulars,
    shown,
)
from tests.unit.bureau.furnished import with_account
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import on_file

MAY = moment(20260501)


class File:
    """Builds an answer, and keeps count of how often it was asked to."""

    def __init__(self) -> None:
        self.asked: list[dict[str, int]] = []

    def __call__(
        self, group: Group, *, subject: int, sections: int, position: int, at: int, account: int
    ) -> dict[str, Any]:
        assert position <= group.position
        del at, account
        self.asked.append({"subject": subject, "sections": sections, "position": position})
        return {"subject": subject, "sections": sections, "late": [20260131]}


def inquiry(person: int, **fields: Any) -> InquiryFields:
    whole = {"bureau": 1, "member": BANK, "purpose": "loan", "staff_name": "Lin Ke", "seen": 0, **shown(person)}
    return InquiryFields(**{**whole, **fields})


def asked(bureau: Bureau, command: Any, file: Any, *, key: str = "one", at: int = MAY) -> Shown:
    found: Shown = ask(bureau.group, command=command, assemble=file, client="bank", key=key, at=at)
    return found


def test_what_is_shown_is_what_was_recorded() -> None:
    bureau, file = bureau_in_memory(), File()
    consent = bureau.consent(1, sections="summary,score")
    before = bureau.group.position
    got = asked(bureau, inquiry(1, consent=consent), file)
    assert got.content == {"subject": 1, "sections": 2 + 128, "late": [20260131]}
    row = bureau.of("bureau_inquiry", 1)
    assert (row["seen"], row["position"], row["sections"]) == (before, before + 1, 2 + 128)
    sealed = bureau.group.payloads.read(got.answer.position)
    assert sealed is not None
    assert sealed["shown"] == digest_of(got.content)
    check_verified(bureau)


@pytest.mark.parametrize(
    ("fields", "read"),
    [({"consent": 0}, 0), ({"purpose": "credit-card"}, 1), ({"number": "11010519491231002X"}, 0), ({"account": 9}, 1)],
)
def test_a_refusal_shows_nothing_of_the_file(fields: dict[str, Any], read: int) -> None:
    bureau, file = bureau_in_memory(), File()
    got = asked(bureau, inquiry(1, **{"consent": bureau.consent(1), **fields}), file)
    assert got.content is None
    assert not got.answer.accepted
    assert len(file.asked) == read
    assert got.answer.position == bureau.group.position
    assert bureau.count("bureau_inquiry") == 0


def test_the_same_key_gets_the_same_answer_and_one_record() -> None:
    bureau, file = bureau_in_memory(), File()
    consent = bureau.consent(1)
    first = asked(bureau, inquiry(1, consent=consent), file)
    again = asked(bureau, inquiry(1, consent=consent), file)
    assert again.answer.repeated
    assert again.content == first.content
    assert bureau.count("bureau_inquiry") == 1
    assert file.asked[0] == file.asked[1]
    other = asked(bureau, inquiry(2, consent=consent), file)
    assert other.content is None
    assert other.answer.invalid is not None
    assert other.answer.invalid.field == "key"


@pytest.mark.parametrize("on", [20260501, 20260502])
def test_an_answer_is_given_again_on_its_day_alone(on: int) -> None:
    """Later it would be a look that is on no record, at data whose years may be over."""
    bureau, file = bureau_in_memory(), File()
    consent = bureau.consent(1)
    asked(bureau, inquiry(1, consent=consent), file)
    again = asked(bureau, inquiry(1, consent=consent), file, at=moment(on))
    assert again.answer.repeated
    assert (again.content is not None) == (on == 20260501)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("revoke_consent", {"consent": 1}), ("end_membership", {"member": BANK})],
)
def test_no_answer_is_given_again_once_its_ground_is_gone(kind: str, fields: dict[str, Any]) -> None:
    bureau, file = bureau_in_memory(), File()
    consent = bureau.consent(1)
    asked(bureau, inquiry(1, consent=consent), file)
    bureau.do(kind, on=20260501, **fields)
    again = asked(bureau, inquiry(1, consent=consent), file)
    assert again.answer.repeated
    assert again.content is None


@pytest.mark.parametrize("person", [2, 9])
@pytest.mark.parametrize("fields", [{"consent": 1}, {"purpose": "post-loan", "account": 1}])
def test_nothing_is_read_of_a_file_on_what_is_another_persons(person: int, fields: dict[str, Any]) -> None:
    """Person 2 has a file, 9 has none: the time that an answer takes doesn't tell."""
    bureau, file = with_account(people=2), File()
    bureau.consent(1)
    got = asked(bureau, inquiry(person, **{"consent": 0, **fields}), file)
    check_refused(bureau, got.answer, "cr.query.written_consent", lacks="whose")
    assert file.asked == []


@pytest.mark.parametrize("fields", [{"consent": 2**63}, {"purpose": "post-loan", "account": 2**63}])
def test_a_number_that_no_row_can_have_is_bad_input(fields: dict[str, Any]) -> None:
    bureau, file = bureau_in_memory(), File()
    bureau.consent(1)
    got = asked(bureau, inquiry(1, **fields), file)
    assert got.answer.invalid is not None
    assert got.answer.invalid.field in fields
    assert file.asked == []


def test_an_answer_that_the_file_no_longer_gives_is_not_given_again() -> None:
    bureau = bureau_in_memory()
    consent = bureau.consent(1)
    asked(bureau, inquiry(1, consent=consent), File())
    again = asked(bureau, inquiry(1, consent=consent), lambda group, **_: {"late": []})
    assert again.answer.repeated
    assert again.content is None


def test_many_are_asked_about_as_one_by_one() -> None:
    """One who has consented, one who has not, and the same keys again: what was told, and no second record."""
    bureau, file = bureau_in_memory(), File()
    consent = bureau.consent(1, sections="score")
    commands = [inquiry(1, consent=consent), inquiry(2)]

    def both() -> list[Shown]:
        keys = ["one", "two"]
        return ask_all(bureau.group, commands=commands, assemble=file, client="bank", keys=keys, at=MAY)

    first, second = both()
    assert first.content == {"subject": 1, "sections": 128, "late": [20260131]}
    assert (second.content, second.answer.accepted) == (None, False)
    position, inquiries = bureau.group.position, bureau.count("bureau_inquiry")
    again = both()
    assert [each.content for each in again] == [first.content, None]
    assert (bureau.group.position, bureau.count("bureau_inquiry")) == (position, inquiries) == (position, 1)
    check_verified(bureau)


def test_a_person_and_staff_get_theirs_in_the_same_way() -> None:
    bureau, file = bureau_in_memory(), File()
    bureau.do("identify_subject", bureau=1, **particulars(1))
    own = asked(bureau, OwnReportFields(bureau=1, seen=0, **shown(1)), file)
    look: dict[str, Any] = {
        "bureau": 1,
        "subject": 1,
        "role": "audit",
        "way": "screen",
        "staff_name": "Mei",
        "reason": "a sample",
    }
    audit = asked(bureau, LookFields(purpose=Purpose.audit, seen=0, **look), file, key="two")
    other = asked(bureau, LookFields(purpose=Purpose.quality, seen=0, **look), file, key="three")
    assert [each.content is not None for each in (own, audit, other)] == [True, True, False]
    assert own.content is not None
    assert own.content["sections"] == 255
    assert bureau.count("bureau_inquiry") == 2


def test_a_crash_before_the_record_shows_nothing_and_one_after_it_leaves_an_inquiry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is committed is there on the next start, whoever has seen the answer; what is not, nobody has seen."""
    bureau, file = found_bureau(on_file(tmp_path / "bureau.db", now=moment(BEGAN))), File()
    consent = bureau.consent(1)

    def away(*_: object) -> None:
        raise StoreUnavailable("the disk is away")

    with monkeypatch.context() as broken:
        broken.setattr(bureau.group.store, "commit", away)
        with pytest.raises(StoreUnavailable):
            asked(bureau, inquiry(1, consent=consent), file)
    assert bureau.count("bureau_inquiry") == 0
    _stopped_after_commit(bureau, consent, file, monkeypatch)
    bureau.group.close()
    later = Bureau(on_file(tmp_path / "bureau.db", now=moment(BEGAN)))
    assert later.count("bureau_inquiry") == 1
    assert asked(later, inquiry(1, consent=consent), file).content is not None
    assert later.count("bureau_inquiry") == 1
    later.group.close()


def _stopped_after_commit(bureau: Bureau, consent: int, file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    execute: Callable[..., Any] = bureau.group.execute

    def stops(requests: Any) -> None:
        execute(requests)
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(bureau.group, "execute", stops)
        with pytest.raises(KeyboardInterrupt):
            asked(bureau, inquiry(1, consent=consent), file)


def test_a_receipt_says_what_was_allowed_and_what_is_left() -> None:
    bureau = bureau_in_memory()
    consent = bureau.consent(1, restricted="income,tax-paid", told_adverse=True, furnishing=True, sections="summary")
    made = receipt(bureau.group, consent, at=MAY)
    assert (made.sort, made.purpose, made.sections, made.restricted) == (
        "bank",
        "loan",
        ["summary"],
        ["income", "tax-paid"],
    )
    assert (made.times, made.used, made.left, made.status) == (2, 0, 2, "active")
    assert made.changed_at == moment(20260501, "00:00")
    bureau.inquire(1, on=20260501, consent=consent)
    made = receipt(bureau.group, consent, at=bureau.group.last_at)
    assert (made.used, made.left) == (1, 1)
    english, chinese = text(made), text(made, language="zh")
    assert "at most 2 answers; 1 given, 1 left" in english
    assert "take this consent back" in english
    assert "最多查询2次；已用1次，剩余1次" in chinese
    assert "撤回" in chinese


def test_a_receipt_tells_its_status_and_since_when() -> None:
    bureau = bureau_in_memory()
    consent = bureau.consent(1)
    furnishes = bureau.consent(2, **FURNISHING)
    assert receipt(bureau.group, consent).status == "to-begin"
    for _ in range(2):
        bureau.inquire(1, on=20260501, consent=consent)
    used = receipt(bureau.group, consent, at=bureau.group.last_at)
    assert (used.status, used.changed_at) == ("used-up", bureau.group.last_at)
    assert receipt(bureau.group, consent, at=moment(20260531, "23:59")).status == "used-up"
    assert receipt(bureau.group, consent, at=moment(20260601, "00:00")).status == "expired"
    bureau.do("revoke_consent", on=20260502, consent=consent)
    gone = receipt(bureau.group, consent, at=moment(20260601))
    assert (gone.status, gone.changed_at) == ("revoked", bureau.group.last_at)
    assert receipt(bureau.group, furnishes, at=moment(20260601)).status == "active"
    for number in (0, 3):
        with pytest.raises(BadInput):
            receipt(bureau.group, number)
    with pytest.raises(BadInput):
        text(gone, language="fr")


def test_a_refused_ask_is_explained() -> None:
    bureau = bureau_in_memory()
    got = asked(bureau, inquiry(1), File())
    check_refused(bureau, got.answer, "cr.query.written_consent", lacks="consent")
