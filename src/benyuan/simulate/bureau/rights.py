"""Small and real: a score explained and looked at by people, a complaint, a look refused, a bank clerk who tries doors.

PIPL, art. 24; 银发〔2024〕37号; State Council Order 631, art. 22; PBoC Order [2021] No. 4, art. 22.
"""

from typing import Any

from benyuan.assurance.bureau.misuse import open_cases
from benyuan.credit_bureau.records import BUREAU_CASE
from benyuan.credit_bureau.vocabulary import CASE_SORT_NUMBER, CaseSort
from benyuan.simulate.bureau.opening import evidence
from benyuan.simulate.bureau.people import MORNING, bank_asks, bank_consent, one, shown_by
from benyuan.simulate.bureau.staff import COUNTER
from benyuan.simulate.bureau.world import BureauWorld, Decision
from benyuan.simulate.run import Session
from benyuan.simulate.tickets import at_us
from benyuan.values.dates import add_calendar_days

EXPLAIN_ASKED, EXPLAINED, REVIEW_ASKED, REVIEWED = 20260831, 20260902, 20260903, 20260910
LOOK_REFUSED = 20260915
COMPLAINED, COMPLAINT_EXPLAINED, COMPLAINT_ENDED = 20261008, 20261013, 20261029
PROBED, JUDGED, TRIED_AGAIN, RESUMED = 20261012, 20261014, 20261015, 20261028
TRIES = 25
WATCHED_FROM = 20260801
HANDLER = "周复核"


def rights_are_used(session: Session, bureau: BureauWorld, *, day: int) -> None:
    """What falls on this day; and the asking of the day before is looked through."""
    if day > WATCHED_FROM:
        _watch(session, bureau, day=day)
    step = STEPS.get(day)
    if step is not None:
        step(session, bureau, day)


def _refused(bureau: BureauWorld, number: int) -> Decision | None:
    """The n-th loan that the score refused."""
    found = [each for each in bureau.decisions if not each.approved and each.score is not None]
    return found[number] if number < len(found) else None


def _asks_why(session: Session, bureau: BureauWorld, day: int) -> None:
    who = _refused(bureau, 0)
    if who is not None:
        words = "请说明评分是如何得出的。"
        asked: dict[str, Any] = {
            "bureau": bureau.bureau,
            "inquiry": who.inquiry,
            "words": words,
            **shown_by(who.client),
        }
        bureau.notes["explanation"] = one(session, "ask_explanation", day=day, **asked)["review"]


def _is_explained(session: Session, bureau: BureauWorld, day: int) -> None:
    who = _refused(bureau, 0)
    if who is not None:
        words = f"Score {who.score}. What lacks most: " + "; ".join(who.reasons)
        one(session, "give_explanation", day=day, review=bureau.notes["explanation"], words=words[:1000])


def _wants_people(session: Session, bureau: BureauWorld, day: int) -> None:
    who = _refused(bureau, 1)
    if who is not None:
        words = "不接受仅由机器作出的决定，请人工复核。"
        asked: dict[str, Any] = {
            "bureau": bureau.bureau,
            "inquiry": who.inquiry,
            "words": words,
            **shown_by(who.client),
        }
        bureau.notes["review"] = one(session, "ask_human_review", day=day, **asked)["review"]


def _people_decide(session: Session, bureau: BureauWorld, day: int) -> None:
    if "review" in bureau.notes:
        words = "逐项核对记录与分值，评分无误。"
        reviewed: dict[str, Any] = {
            "review": bureau.notes["review"],
            "reviewer": HANDLER,
            "outcome": "stands",
            "words": words,
        }
        one(session, "decide_review", day=day, **reviewed)


def _clerk_looks(session: Session, bureau: BureauWorld, day: int) -> None:
    """A clerk at the counter wants to see a file as if for quality: refused by role, and on record."""
    looked = session.give_as(
        COUNTER,
        "look",
        at_us(day, MORNING),
        bureau=[bureau.bureau],
        subject=[int(bureau.subject[0])],
        role=["service"],
        purpose=["quality"],
        way=["screen"],
        staff_name=["钱柜台"],
        reason=["好奇"],
        seen=[session.group.position],
        reader=[bureau.staff[COUNTER]],
    )
    bureau.notes["refused look"] = int(looked.position[0])


def _complaint_comes(session: Session, bureau: BureauWorld, day: int) -> None:
    due = add_calendar_days(day, 10)
    taken: dict[str, Any] = {"bureau": bureau.bureau, "reference": "投诉2026-17", "received_on": day, "due_on": due}
    subject = int(bureau.subject[2])
    bureau.notes["complaint"] = one(session, "take_complaint", day=day, subject=subject, **taken)["complaint"]


def _complaint_is_explained(session: Session, bureau: BureauWorld, day: int) -> None:
    words = "该客户的逾期记录属实，报送前已告知本人，附告知凭证。"
    papers: dict[str, Any] = {"words": words, "evidence": evidence("papers of the complaint"), "pieces": 1}
    one(session, "explain_complaint", day=day, complaint=bureau.notes["complaint"], **papers)


def _complaint_ends(session: Session, bureau: BureauWorld, day: int) -> None:
    one(session, "conclude_complaint", day=day, complaint=bureau.notes["complaint"], outcome="not-upheld")


def _clerk_tries_doors(session: Session, bureau: BureauWorld, day: int) -> None:
    """One of the bank's staff tries many people without a consent: all refused, each on record, nothing shown."""
    for client in range(min(TRIES, bureau.clients)):
        shown = bank_asks(session, bureau, client=client, consent=0, day=day)
        assert shown.content is None


def _watch(session: Session, bureau: BureauWorld, *, day: int) -> None:
    open_cases(session.group, bureau=bureau.bureau, on=add_calendar_days(day, -1), at=at_us(day, MORNING))


def _cases_are_judged(session: Session, bureau: BureauWorld, day: int) -> None:
    """Who tried doors misused; a lender whose days vary as loans are asked for did not."""
    held = session.group.records.tables[BUREAU_CASE.name]
    for case in range(1, held.count + 1):
        if held.column("judged_on")[case]:
            continue
        misuse = int(held.column("sort")[case]) == CASE_SORT_NUMBER[CaseSort.probing]
        grounds = "多次未经同意查询" if misuse else "业务量的正常变化"
        one(session, "judge_bureau_case", day=day, case=case, misuse=misuse, grounds=grounds)
        if misuse:
            bureau.notes["misuse"] = case
            one(session, "stop_member", day=day, member=bureau.bank, case=case)


def _bank_is_stopped(session: Session, bureau: BureauWorld, day: int) -> None:
    """Even with a good consent it gets no answer."""
    if "misuse" in bureau.notes:
        consent = bank_consent(session, bureau, client=0, day=day)
        shown = bank_asks(session, bureau, client=0, consent=consent, day=day)
        assert not shown.answer.accepted


def _bank_is_back(session: Session, bureau: BureauWorld, day: int) -> None:
    _cases_are_judged(session, bureau, day)
    if "misuse" in bureau.notes:
        grounds = "银行已处分当事人并整改"
        one(session, "resume_member", day=day, member=bureau.bank, grounds=grounds)


STEPS = {
    EXPLAIN_ASKED: _asks_why,
    EXPLAINED: _is_explained,
    REVIEW_ASKED: _wants_people,
    REVIEWED: _people_decide,
    LOOK_REFUSED: _clerk_looks,
    COMPLAINED: _complaint_comes,
    COMPLAINT_EXPLAINED: _complaint_is_explained,
    COMPLAINT_ENDED: _complaint_ends,
    PROBED: _clerk_tries_doors,
    JUDGED: _cases_are_judged,
    TRIED_AGAIN: _bank_is_stopped,
    RESUMED: _bank_is_back,
}
"""By the day what happens on it."""
