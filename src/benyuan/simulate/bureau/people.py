"""Clients of the simulation at the bureau's door: what they show of themselves, how the bank asks about them."""

from typing import Any

from benyuan.assurance.bureau.asking import Shown, ask
from benyuan.assurance.bureau.report import assemble
from benyuan.credit_bureau.vocabulary import Purpose
from benyuan.parties.documents import DocumentKind
from benyuan.simulate.bureau.opening import SHOWN, evidence
from benyuan.simulate.bureau.world import BureauWorld
from benyuan.simulate.identities import someone
from benyuan.simulate.lender.opening import HOUR
from benyuan.simulate.run import CLIENT, Session
from benyuan.simulate.tickets import at_us
from benyuan.usecases.bureau.inquire import InquiryFields
from benyuan.usecases.bureau.read_own_report import OwnReportFields
from benyuan.values.dates import add_calendar_days

MORNING = 8 * HOUR
BANKER = "某银行信贷员"
CONSENT_DAYS = 30


def one(session: Session, kind: str, *, day: int, client: str = CLIENT, **fields: Any) -> dict[str, int]:
    """One command of a morning; its results and position. What is refused is so for the whole run: a defect here."""
    columns = {name: [value] for name, value in fields.items()}
    answers = session.give_as(client, kind, at_us(day, MORNING), **columns)
    answer = answers[0]
    assert answer.accepted, (kind, fields, answer.refusal, answer.invalid)
    return {**answer.results, "position": answer.position}


def shown_by(client: int) -> dict[str, Any]:
    """Document, number and name of a client."""
    person = someone(client + 1)
    return {name: person[name] for name in SHOWN}


def bank_consent(session: Session, bureau: BureauWorld, *, client: int, day: int) -> int:
    """A client lets the bank ask once for a loan."""
    given = one(
        session,
        "grant_consent",
        day=day,
        bureau=bureau.bureau,
        member=bureau.bank,
        purpose="loan",
        starts_on=day,
        expires_on=add_calendar_days(day, CONSENT_DAYS),
        times=1,
        written=True,
        evidence=evidence(f"bank {client} {day}"),
        **shown_by(client),
    )
    return given["consent"]


def bank_asks(session: Session, bureau: BureauWorld, *, client: int, consent: int, day: int) -> Shown:
    """The bank asks about a client for a loan; whatever comes of it."""
    who = shown_by(client)
    command = InquiryFields(
        bureau=bureau.bureau,
        document=DocumentKind(who["document"]),
        number=who["number"],
        full_name=who["full_name"],
        member=bureau.bank,
        purpose=Purpose.loan,
        consent=consent,
        staff_name=BANKER,
        seen=0,
    )
    at = at_us(day, MORNING)
    return ask(session.group, command=command, assemble=assemble, client="bank", key=f"{client} {day}", at=at)


def reads_own(session: Session, bureau: BureauWorld, *, client: int, day: int) -> Shown:
    """A client reads their own report."""
    who = shown_by(client)
    command = OwnReportFields(
        bureau=bureau.bureau,
        document=DocumentKind(who["document"]),
        number=who["number"],
        full_name=who["full_name"],
        seen=0,
    )
    at = at_us(day, MORNING)
    return ask(session.group, command=command, assemble=assemble, client="person", key=f"{client} {day}", at=at)
