"""The group's lender furnishes to a bureau after a close: new accounts each day, all months at the end of the month.

Sources: State Council Order 631, arts. 13, 15, 29. What it furnishes of whom hangs on the person's consent at the
bureau; arrears are furnished where the borrower was told of them since they began (`tell_arrears`), else they are held
back and told as such. A run that was stopped is begun again: nothing is furnished twice.
"""

from collections.abc import Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.bureau.lender_months import LenderMonths, lender_months
from benyuan.assurance.lending import check_lender, day_of
from benyuan.consumer_finance.records import BORROWER
from benyuan.credit_bureau.identities import reference_text, subject_text
from benyuan.credit_bureau.records import CONSENT, CREDIT_LINE, SUBJECT_IDENTITY
from benyuan.credit_bureau.sieves import is_negative
from benyuan.engine.group import Group
from benyuan.parties.documents import DOCUMENT_NUMBER, DocumentKind
from benyuan.values.dates import add_calendar_days

CLIENT = "lender"
AT_ONCE = 5_000
A_MONTH = 100


class LenderFurnished(msgspec.Struct, frozen=True, kw_only=True):
    """What a run furnished.

    `unconsented`: loans and accounts of people whose consent is not there; `untold`: arrears of which the borrower was
    not told; `turned_away`: months that the bureau did not take.
    """

    date: int
    accounts: int
    months: int
    unconsented: int
    untold: int
    turned_away: int


def furnish_lender(
    group: Group, *, bureau: int, member: int, lender: int, date: int | None = None, at: int | None = None
) -> LenderFurnished:
    """Furnish after the close of a day, the latest without one; the months where it is the last of its month.

    Errors: BadInput for no such lender or a day that is not closed; VaultLocked; StoreUnavailable: begin again.
    """
    check_lender(group, lender)
    on = day_of(group, lender=lender, date=date)
    rows = lender_months(group, lender=lender, date=on)
    known = _known(group, rows, bureau=bureau, member=member)
    made = _furnish_accounts(group, rows.chosen(known == 0), bureau=bureau, member=member, at=at)
    if made:
        known = _known(group, rows, bureau=bureau, member=member)
    taken, untold, away = 0, 0, 0
    if add_calendar_days(on, 1) // A_MONTH != on // A_MONTH:
        taken, untold, away = _furnish_months(group, rows, known, bureau=bureau, member=member, at=at)
    return LenderFurnished(
        date=on, accounts=made, months=taken, unconsented=int((known == 0).sum()), untold=untold, turned_away=away
    )


def untold(group: Group, *, lender: int, date: int | None = None) -> tuple[list[int], list[int]]:
    """The loans, and the pay-later accounts, that are late at the end of a closed day and of which nobody was told."""
    rows = lender_months(group, lender=lender, date=day_of(group, lender=lender, date=date))
    wanting = is_negative(rows.records["status"]) & ~_is_told(rows)
    words = [rows.number[place].split() for place in np.flatnonzero(wanting).tolist()]
    loans, accounts = ([int(number) for word, number in words if word == of] for of in ("loan", "account"))
    return loans, accounts


def _is_told(rows: LenderMonths) -> NDArray[np.bool_]:
    """Whether the borrower was told in this month or since the arrears began; one notice covers what goes on."""
    return np.asarray(rows.told_on != 0, np.bool_)


def _known(group: Group, rows: LenderMonths, *, bureau: int, member: int) -> NDArray[np.int64]:
    """The numbers of the accounts at the bureau; 0 for those that are not there yet."""
    if not len(rows):
        return np.zeros(0, np.int64)
    texts = [reference_text(bureau=bureau, member=member, number=number) for number in rows.number]
    return group.records.tables[CREDIT_LINE.name].first_with("reference", group.payloads.handles(texts))


def _furnish_accounts(group: Group, rows: LenderMonths, *, bureau: int, member: int, at: int | None) -> int:
    """Furnish the accounts of people who consented; returns how many."""
    given: dict[str, list[object]] = {
        name: [] for name in ("consent", "document", "number", "account_number", "type", "opened_on", "limit_fen")
    }
    for place, (document, number, consent) in _consented(group, rows, bureau=bureau, member=member):
        own = rows.number[place], rows.type[place], int(rows.opened_on[place]), int(rows.limit_fen[place])
        for name, value in zip(given, (consent, document, number, *own), strict=True):
            given[name].append(value)
    count, made = len(given["consent"]), 0
    for first in range(0, count, AT_ONCE):
        part = {name: column[first : first + AT_ONCE] for name, column in given.items()}
        size = len(part["consent"])
        keys = [
            f"{bureau} {member} {number} {consent}"
            for number, consent in zip(part["account_number"], part["consent"], strict=True)
        ]
        columns = {"bureau": [bureau] * size, "member": [member] * size, **part}
        answers = group.execute_columns(kind="furnish_account", columns=columns, client=CLIENT, keys=keys, at=at)
        made += answers.counts()["accepted"]
    return made


def _consented(
    group: Group, rows: LenderMonths, *, bureau: int, member: int
) -> Iterator[tuple[int, tuple[str, str, int]]]:
    """By place: document, number, and the consent under which this member furnishes."""
    borrowers = group.records.tables[BORROWER.name]
    kinds = {number: word for word, number in DOCUMENT_NUMBER.items()}
    for place, borrower in enumerate(rows.borrower.tolist()):
        told = group.payloads.read(int(borrowers.column("particulars")[borrower]))
        if told is None:
            continue
        document = kinds[int(borrowers.column("document")[borrower])]
        text = subject_text(bureau=bureau, document=DocumentKind(document), number=told["number"])
        identity = np.array([group.payloads.identity_of(text)], np.int64)
        subject = int(group.records.look_up(SUBJECT_IDENTITY, identity, on=0)["subject"][0])
        consent = _consent(group, subject, member)
        if consent:
            yield place, (document, told["number"], consent)


def _consent(group: Group, subject: int, member: int) -> int:
    """The latest consent of a person under which a member furnishes; 0 where there is none."""
    if not subject:
        return 0
    held = group.records.tables[CONSENT.name]
    places = held.all_with("subject", subject)
    mine = (held.column("member")[places] == member) & (held.column("furnishing")[places] != 0)
    mine &= held.column("revoked")[places] == 0
    return int(places[mine][-1]) if mine.any() else 0


def _furnish_months(
    group: Group, rows: LenderMonths, known: NDArray[np.int64], *, bureau: int, member: int, at: int | None
) -> tuple[int, int, int]:
    """Furnish the months; returns how many were taken, were not told, and were turned away."""
    negative, told = is_negative(rows.records["status"]), _is_told(rows)
    ready = (known != 0) & (told | ~negative)
    records = rows.records.copy()
    records["account"] = known
    records["notified_on"] = np.where(negative, rows.told_on, 0)
    records["notice"] = np.where(negative, rows.told, 0)
    if not ready.any():
        return 0, int((negative & ~told).sum()), 0
    answer = group.execute_parcel(
        kind="furnish_months",
        columns={"bureau": bureau, "member": member},
        records=records[ready],
        client=CLIENT,
        key=f"{bureau} {member} months {int(records['month'][0])}",
        at=at,
    )
    away = sum(len(each.places) for each in answer.turned_away)
    return answer.results.get("records", 0), int(((known != 0) & negative & ~told).sum()), away
