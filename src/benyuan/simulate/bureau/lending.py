"""From August on a loan rests on an inquiry: consent, question, score, and a decision by the lender's cut-off.

Loans are asked for only by clients whom the score was not trained on, and the score knows only months that had been
furnished when it was asked for. The cut-off is the simulated lender's own policy: 490, where the card expects one bad
file in four; nobody's rule asks for it. Worked number: a score of 489 gets no offer, 490 gets one.
"""

import numpy as np

from benyuan.assurance.bureau.asking import Shown, ask_all
from benyuan.assurance.bureau.report import assemble
from benyuan.credit_bureau.vocabulary import Product, Purpose
from benyuan.parties.documents import DocumentKind
from benyuan.simulate.bureau.opening import SHOWN, evidence
from benyuan.simulate.bureau.staff import ASKER as LOGIN
from benyuan.simulate.bureau.world import BureauWorld, Decision
from benyuan.simulate.clients import MONTHS
from benyuan.simulate.identities import someone
from benyuan.simulate.lender.borrowers import Ints
from benyuan.simulate.lender.making import loans_asked_for
from benyuan.simulate.lender.opening import HOUR, POLICY
from benyuan.simulate.lender.world import CashLoans, LenderWorld
from benyuan.simulate.run import Session
from benyuan.simulate.score.samples import is_held_out
from benyuan.simulate.seeds import Stream, generator
from benyuan.simulate.tickets import at_us
from benyuan.usecases.bureau.inquire import InquiryFields
from benyuan.values.dates import add_calendar_days

POLICY_FROM, INQUIRY_DAYS = 20260801, 30
ASKING_SHARE = 3
CUT_OFF = 490
CONSENT_DAYS = 30
CONSENTED, ASKED = 8 * HOUR + 5 * 60, 8 * HOUR + 6 * 60
ASKER = "信贷审批"


def loans_of_held_out(clients: int) -> CashLoans:
    """Every third client whom the card was not trained on asks for a loan, in August or September."""
    held = np.flatnonzero(is_held_out(np.arange(1, clients + 1)))
    among = held if len(held) else np.arange(clients)
    count = max(len(among) // ASKING_SHARE, 1)
    return loans_asked_for(generator(Stream.bureau_loans), among=among, count=count, months=MONTHS[3:5])


def set_policy(session: Session, world: LenderWorld, *, at: int) -> None:
    """The lender wants an inquiry from now on."""
    chosen = {name: [each] for name, each in POLICY.items()}
    days = {"from_date": [POLICY_FROM], "inquiry_days": [INQUIRY_DAYS]}
    session.give("set_lending_policy", at, lender=[world.lender], **chosen, **days)


def decide(session: Session, world: LenderWorld, bureau: BureauWorld, *, rows: Ints, day: int) -> tuple[Ints, Ints]:
    """Ask about each, and decide; returns the rows that get an offer, and the inquiries."""
    if not len(rows):
        return rows, rows
    clients = world.cash_loans.client[rows].tolist()
    consents = _consents(session, bureau, clients, day=day)
    commands = [
        _question(world, bureau, client=client, consent=consent)
        for client, consent in zip(clients, consents, strict=True)
    ]
    keys, at = [f"loan {row}" for row in rows.tolist()], at_us(day, ASKED)
    shown = ask_all(session.group, commands=commands, assemble=assemble, client=LOGIN, keys=keys, at=at)
    made = [_decision(each, client=client, day=day) for each, client in zip(shown, clients, strict=True)]
    bureau.decisions += made
    offered = np.array([each.approved for each in made], np.bool_)
    return rows[offered], np.array([each.inquiry for each in made], np.int64)[offered]


def _consents(session: Session, bureau: BureauWorld, clients: list[int], *, day: int) -> list[int]:
    """Each lets the lender ask once, for a score."""
    people, count = [someone(client + 1) for client in clients], len(clients)
    given = session.give(
        "grant_consent",
        at_us(day, CONSENTED),
        bureau=[bureau.bureau] * count,
        member=[bureau.member] * count,
        purpose=["loan"] * count,
        starts_on=[day] * count,
        expires_on=[add_calendar_days(day, CONSENT_DAYS)] * count,
        times=[1] * count,
        sections=["score"] * count,
        written=[True] * count,
        evidence=[evidence(f"loan {client}") for client in clients],
        **{name: [person[name] for person in people] for name in SHOWN},
    )
    consents: list[int] = given.results("consent").tolist()
    bureau.subject[clients] = np.where(given.results("subject") != 0, given.results("subject"), bureau.subject[clients])
    return consents


def _question(world: LenderWorld, bureau: BureauWorld, *, client: int, consent: int) -> InquiryFields:
    person = someone(client + 1)
    return InquiryFields(
        bureau=bureau.bureau,
        document=DocumentKind(person["document"]),
        number=person["number"],
        full_name=person["full_name"],
        member=bureau.member,
        purpose=Purpose.loan,
        consent=consent,
        customer=int(world.borrower[client]),
        product=Product.score,
        reader=bureau.staff[LOGIN],
        staff_name=ASKER,
        seen=0,
    )


def _decision(shown: Shown, *, client: int, day: int) -> Decision:
    """By the cut-off; who has no score gets no offer."""
    score = (shown.content or {}).get("score") or {}
    value = score.get("value")
    reasons = tuple(each["en"] for each in score.get("reasons", ())) or ("too few months on file for a score",)
    return Decision(
        client=client,
        on=day,
        inquiry=int(shown.answer.results.get("inquiry", 0)),
        score=value,
        approved=value is not None and value >= CUT_OFF,
        reasons=reasons,
    )
