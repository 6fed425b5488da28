"""Before the first day: the bureau with licence and capital, its members, and what each client lets the lender furnish.

One client in two hundred lets it furnish nothing, so of those the bureau gets no account. A court furnishes two
judgments that a law has published: one that is complied with, and one that is not.
"""

import hashlib

import numpy as np

from benyuan.credit_bureau.layouts import PUBLIC
from benyuan.credit_bureau.vocabulary import PUBLIC_KIND_NUMBER, PublicKind
from benyuan.simulate.bureau.staff import hire
from benyuan.simulate.bureau.world import BureauWorld
from benyuan.simulate.identities import everyone
from benyuan.simulate.lender.opening import CHUNK, HOUR, OPENED
from benyuan.simulate.run import Session
from benyuan.simulate.tickets import at_us

NAME = "本源征信（示例）"
LICENSED_FROM, LICENSED_UNTIL = 20260501, 20290430
CAPITAL_FEN = 10_000_000_000
WITHOUT_CONSENT = 200
CONSENT_UNTIL = 20311231
JUDGED_ON, COMPLIED_ON = 20260608, 20260915
SHOWN = ("document", "number", "full_name")


def evidence(text: str) -> str:
    """The digest of a paper, which is made up."""
    return hashlib.sha256(text.encode()).hexdigest()


def open_bureau(session: Session, bureau: BureauWorld, *, lender: int) -> None:
    """The bureau, three members with their contracts, staff who may read, and the consents of the clients."""
    at = at_us(OPENED, 9 * HOUR)
    bureau.bureau = int(session.give("register_bureau", at, name=[NAME]).results("bureau")[0])
    session.give(
        "record_bureau_standing",
        at,
        bureau=[bureau.bureau],
        from_date=[LICENSED_FROM],
        licensed_until=[LICENSED_UNTIL],
        capital_fen=[CAPITAL_FEN],
    )
    sorts, lenders = ["consumer-finance", "bank", "court"], [lender, 0, 0]
    admitted = session.give("admit_member", at, bureau=[bureau.bureau] * 3, sort=sorts, lender=lenders)
    bureau.member, bureau.bank, bureau.court = (int(each) for each in admitted.results("member"))
    session.give(
        "agree_membership",
        at,
        member=[bureau.member, bureau.bank, bureau.court],
        from_date=[OPENED] * 3,
        furnishes=["accounts,months", "", "public"],
        asks=["all", "loan,credit-card", ""],
        reported_on=[OPENED, 0, OPENED],
        reviewed_on=[OPENED, OPENED, 0],
    )
    hire(session, bureau, lender=lender)
    _consents(session, bureau)


def _consents(session: Session, bureau: BureauWorld) -> None:
    """In columns: each client that lets the lender furnish, for years; none of these lets it ask."""
    people = everyone(bureau.clients)
    consents = np.flatnonzero(np.arange(bureau.clients) % WITHOUT_CONSENT != WITHOUT_CONSENT - 1)
    bureau.subject = np.zeros(bureau.clients, np.int64)
    for number, first in enumerate(range(0, len(consents), CHUNK), 1):
        who = consents[first : first + CHUNK]
        count = len(who)
        given = session.give(
            "grant_consent",
            at_us(OPENED, 9 * HOUR + number),
            bureau=[bureau.bureau] * count,
            member=[bureau.member] * count,
            purpose=["loan"] * count,
            starts_on=[OPENED] * count,
            expires_on=[CONSENT_UNTIL] * count,
            times=[0] * count,
            furnishing=[True] * count,
            written=[True] * count,
            evidence=[evidence(f"furnishing {each}") for each in who.tolist()],
            **{name: [people[name][each] for each in who.tolist()] for name in SHOWN},
        )
        bureau.subject[who] = given.results("subject")


def furnish_judgments(session: Session, bureau: BureauWorld, *, at: int, complied: bool) -> None:
    """The court's two judgments, and later that the first was complied with."""
    records = np.zeros(1 if complied else 2, PUBLIC.dtype)
    records["subject"] = bureau.subject[: len(records)]
    records["reference"] = np.arange(1, len(records) + 1)
    records["kind"], records["published"] = PUBLIC_KIND_NUMBER[PublicKind.judgment.value], 1
    records["decided_on"], records["amount_fen"] = JUDGED_ON, 3_000_000
    records["ended_on"][0] = COMPLIED_ON if complied else 0
    session.group.execute_parcel(
        kind="furnish_public",
        columns={"bureau": bureau.bureau, "member": bureau.court},
        records=records,
        client="court",
        key=f"judgments {complied}",
        at=at,
    )
