"""Rights begin on the day on which their rule does: the day before, and the day itself."""

from typing import Any

import pytest

from tests.unit.bureau.bureaus import AGREED, BANK, CONSENT, Bureau, particulars, shown
from tests.unit.bureau.redressing import DIGEST, Redress, objection, redress_in_memory
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import in_memory


def bureau_of(on: int) -> Bureau:
    """A licensed bureau with a bank and person 1 on file, founded on a day."""
    bureau = Bureau(in_memory(now=moment(on)))
    bureau.on = on
    until = on // 10_000 * 10_000 + 21_231
    bureau.do("register_bureau", name="Benyuan Credit")
    bureau.do("record_bureau_standing", bureau=1, from_date=on, licensed_until=until, capital_fen=5_000_000_000)
    bureau.do("admit_member", bureau=1, sort="bank")
    bureau.do("agree_membership", member=BANK, **{**AGREED, "from_date": on, "reported_on": on, "reviewed_on": on})
    bureau.do("identify_subject", bureau=1, **particulars(1))
    return bureau


def check_begins(at: Bureau, rule: str, kind: str, *, before: int, first: int, **fields: Any) -> None:
    """The command is none the day before the rule begins, says so, and is accepted on its first day."""
    early = at.ask(kind, on=before, **fields)
    assert early.invalid is not None, early
    assert rule in early.invalid.text()
    assert str(first) in early.invalid.text()
    at.do(kind, on=first, **fields)


def test_complaints_by_the_procedure_of_2024() -> None:
    complaint: dict[str, Any] = {"bureau": 1, "reference": "37", "received_on": 20240401}
    check_begins(
        bureau_of(20240301), "cr.complaint.explain", "take_complaint", before=20240414, first=20240415, **complaint
    )


@pytest.mark.parametrize("kind", ["ask_explanation", "ask_human_review"])
def test_scores_by_the_law_of_2021(kind: str) -> None:
    bureau = bureau_of(20211001)
    given: dict[str, Any] = {**CONSENT, "starts_on": 20211001, "expires_on": 20211231}
    consent = bureau.do("grant_consent", **given, **shown(1))["consent"]
    assert bureau.inquire(1, consent=consent).accepted
    asked: dict[str, Any] = {"bureau": 1, **shown(1), "inquiry": 1, "words": "why"}
    check_begins(bureau, "pi.auto.explain_refuse", kind, before=20211031, first=20211101, **asked)


def test_objections_by_the_regulation_of_2013() -> None:
    bureau = redress_in_memory()
    early = bureau.ask("open_objection", on=20260510, **objection(received_on=20130314))
    assert early.invalid is not None
    assert "cr.dispute.days" in early.invalid.text()
    assert bureau.object_to(received_on=20130315)["due_on"] == 20130404


def test_no_yearly_duty_before_its_rule() -> None:
    bureau = Redress(in_memory(now=moment(20120101)))
    bureau.on = 20120101
    bureau.do("register_bureau", name="early")
    assert bureau.do("raise_bureau_duties", on=20131219, bureau=1, date=20131219)["raised"] == 0
    assert bureau.do("raise_bureau_duties", on=20140101, bureau=1, date=20140101)["raised"] == 1
    assert bureau.rows("bureau_duty")[0]["due_on"] == 20140331
    assert bureau.do("raise_bureau_duties", on=20220101, bureau=1, date=20220101)["raised"] == 2
    assert bureau.rows("bureau_duty")[1]["due_on"] == 20221231
    bureau.check()


def test_evidence_by_the_house_from_the_regulations_day() -> None:
    bureau = redress_in_memory()
    number = bureau.object_to(on=20260510)["objection"]
    assert not bureau.say(number, "right").accepted
    answer: dict[str, Any] = {
        "objection": number,
        "says": "right",
        "words": "see",
        "evidence": f"{DIGEST} {DIGEST}",
        "pieces": 2,
    }
    assert bureau.ask("answer_as_furnisher", **answer).accepted
