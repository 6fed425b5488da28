"""The group's lender furnishes to a bureau after a close: new accounts each day, all months at the end of the month.

Sources: State Council Order 631, arts. 13, 15, 29. What it furnishes of whom hangs on the person's consent at the
bureau; arrears are furnished where the borrower was told of them since they began (`tell_arrears`), else they are held
back and told as such. A run that was stopped is begun again, and a month of which some were held back is furnished
again when they were told: nothing is furnished twice.
"""

import hashlib
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.bureau.lender_months import (
    A_MONTH,
    FIRST_OF_MONTH,
    LenderLines,
    LenderMonths,
    lender_lines,
    lender_months,
)
from benyuan.assurance.lending import check_lender, day_of
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.records import BORROWER
from benyuan.credit_bureau.identities import reference_text, subject_text
from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.records import CONSENT, CREDIT_LINE, PARCEL, SUBJECT_IDENTITY
from benyuan.credit_bureau.sieves import is_negative
from benyuan.credit_bureau.vocabulary import SORT_NUMBER, Sort
from benyuan.engine.group import Group
from benyuan.parties.documents import DOCUMENT_NUMBER, DocumentKind
from benyuan.values.dates import add_calendar_days, local_day

CLIENT = "lender"
AT_ONCE = 5_000
KINDS = {number: word for word, number in DOCUMENT_NUMBER.items()}


class LenderFurnished(msgspec.Struct, frozen=True, kw_only=True):
    """What a run furnished.

    `unconsented`: loans and accounts of people whose consent is not there, of those that the run looked at; `untold`:
    arrears of which the borrower was not told; `turned_away`: months that the bureau did not take.
    """

    date: int
    accounts: int
    months: int
    unconsented: int
    untold: int
    turned_away: int


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """Months that can be furnished, of the layout `MONTH`; how many were held back because nobody was told of them."""

    records: Any
    untold: int


def furnish_lender(
    group: Group, *, bureau: int, member: int, lender: int, date: int | None = None, at: int | None = None
) -> LenderFurnished:
    """Furnish after the close of a day, the latest without one; the months where it is the last of its month.

    A day in the month looks at what began in that month, its last day at everything. Errors: BadInput for no such
    lender or a day that is not closed; VaultLocked; StoreUnavailable: begin again.
    """
    check_lender(group, lender)
    on = day_of(group, lender=lender, date=date)
    accounts, unconsented = furnish_accounts(group, bureau=bureau, member=member, lender=lender, date=on, at=at)
    taken, untold_, away = 0, 0, 0
    if is_last_of_month(on):
        ready = ready_months(group, bureau=bureau, member=member, lender=lender, date=on)
        taken, away = send_months(group, ready.records, bureau=bureau, member=member, at=at)
        untold_ = ready.untold
    return LenderFurnished(
        date=on, accounts=accounts, months=taken, unconsented=unconsented, untold=untold_, turned_away=away
    )


def is_last_of_month(date: int) -> bool:
    """Whether the next day is of another month."""
    return add_calendar_days(date, 1) // A_MONTH != date // A_MONTH


def untold(group: Group, *, lender: int, date: int | None = None) -> tuple[list[int], list[int]]:
    """The loans, and the pay-later accounts, that are late at the end of a closed day and of which nobody was told."""
    rows = lender_months(group, lender=lender, date=day_of(group, lender=lender, date=date))
    wanting = np.flatnonzero(is_negative(rows.records["status"]) & ~_is_told(rows)).tolist()
    words = [rows.lines.number[place].split() for place in wanting]
    loans, accounts = ([int(number) for word, number in words if word == of] for of in ("loan", "account"))
    return loans, accounts


def furnish_accounts(
    group: Group, *, bureau: int, member: int, lender: int, date: int, at: int | None = None
) -> tuple[int, int]:
    """Furnish loans and accounts that the bureau doesn't know; returns how many, and of how many there's no consent.

    One that it knows under a consent that has ended is furnished again under a newer one, so that its months go on.
    """
    since = 0 if is_last_of_month(date) else date // A_MONTH * A_MONTH + FIRST_OF_MONTH
    lines = lender_lines(group, lender=lender, since=since, date=date)
    on = local_day(group.now() if at is None else at)
    known = known_accounts(group, lines, bureau=bureau, member=member)
    fresh = lines.chosen(np.flatnonzero(~_stands(group, known, on=on)))
    given = _consented(group, fresh, bureau=bureau, member=member, on=on)
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
        made += answers.counts().get("accepted", 0)
    return made, len(fresh) - count


def _stands(group: Group, accounts: Ints, *, on: int) -> NDArray[np.bool_]:
    """Where the consent of an account at the bureau is in force on a day; 0 is no account."""
    held = group.records.tables[CONSENT.name]
    consent = group.records.tables[CREDIT_LINE.name].column("consent")[accounts]
    runs = (held.column("revoked")[consent] == 0) & (held.column("expires_on")[consent] >= on)
    return np.asarray((consent != 0) & runs, np.bool_)


def known_accounts(group: Group, lines: LenderLines, *, bureau: int, member: int) -> Ints:
    """The numbers of loans and accounts at the bureau; 0 for those that are not there yet."""
    if not len(lines):
        return np.zeros(0, np.int64)
    texts = [reference_text(bureau=bureau, member=member, number=number) for number in lines.number]
    return group.records.tables[CREDIT_LINE.name].first_with("reference", group.payloads.handles(texts))


def ready_months(group: Group, *, bureau: int, member: int, lender: int, date: int) -> Ready:
    """The months that the bureau has not yet, of accounts that it knows, with their notices; late ones only if told."""
    rows = lender_months(group, lender=lender, date=date)
    known = known_accounts(group, rows.lines, bureau=bureau, member=member)
    negative, told = is_negative(rows.records["status"]), _is_told(rows)
    records = rows.records.copy()
    records["account"] = known
    records["notified_on"] = np.where(negative, rows.told_on, 0)
    records["notice"] = np.where(negative, rows.told, 0)
    wanted = (known != 0) & ~np.isin(known, _furnished(group, member=member, date=date))
    held_back = wanted & negative & ~told
    return Ready(records=records[wanted & ~held_back], untold=int(held_back.sum()))


def send_months(
    group: Group, records: NDArray[Any], *, bureau: int, member: int, at: int | None = None
) -> tuple[int, int]:
    """Furnish months; returns how many were taken and how many turned away."""
    if not len(records):
        return 0, 0
    digest = hashlib.sha256(np.ascontiguousarray(records).tobytes()).hexdigest()
    answer = group.execute_parcel(
        kind="furnish_months",
        columns={"bureau": bureau, "member": member},
        records=records,
        client=CLIENT,
        key=f"{bureau} {member} months {int(records['month'][0])} {digest}",
        at=at,
    )
    return answer.results.get("records", 0), sum(len(each.places) for each in answer.turned_away)


def _is_told(rows: LenderMonths) -> NDArray[np.bool_]:
    """Whether the borrower was told since the arrears began; one notice covers what goes on, not what comes anew."""
    return np.asarray((rows.told_on != 0) & (rows.told_on > rows.late_since), np.bool_)


def _furnished(group: Group, *, member: int, date: int) -> Ints:
    """The accounts of which the month is there already; looked for only where a parcel has come since its end."""
    held = group.records.tables[PARCEL.name]
    months = (held.column("member") == member) & (held.column("sort") == SORT_NUMBER[Sort.months])
    parts = [np.zeros(0, np.int64)]
    if (months & (held.column("on") > date)).any():
        last = group.records.tables[CREDIT_LINE.name].count
        parts += [
            found.records["account"][found.records["month"] == date // A_MONTH]
            for found in group.books().all_furnished(MONTH, first=1, last=last)
        ]
    return np.concatenate(parts)


def _consented(group: Group, lines: LenderLines, *, bureau: int, member: int, on: int) -> dict[str, list[Any]]:
    """The fields of `furnish_account` of those whose borrower has consented."""
    names = ("consent", "document", "number", "account_number", "type", "opened_on", "limit_fen")
    given: dict[str, list[Any]] = {name: [] for name in names}
    who, people = _people(group, lines.borrower)
    consents = _consents(group, who, people, bureau=bureau, member=member, on=on)
    for place, borrower in enumerate(lines.borrower.tolist()):
        if consent := consents.get(borrower, 0):
            own = lines.number[place], lines.type[place], int(lines.opened_on[place]), int(lines.limit_fen[place])
            for name, value in zip(names, (consent, *people[borrower], *own), strict=True):
                given[name].append(value)
    return given


def _people(group: Group, borrowers: Ints) -> tuple[list[int], dict[int, tuple[str, str]]]:
    """The borrowers of whom it is known who they are, and the kind and number of their documents."""
    held, who = group.records.tables[BORROWER.name], np.unique(borrowers).tolist()
    read = group.payloads.read_all(held.column("particulars")[who].tolist())
    documents = held.column("document")[who].tolist()
    people = {
        borrower: (KINDS[document], told["number"])
        for borrower, document, told in zip(who, documents, read, strict=True)
        if told is not None
    }
    return list(people), people


def _consents(
    group: Group, who: list[int], people: dict[int, tuple[str, str]], *, bureau: int, member: int, on: int
) -> dict[int, int]:
    """By borrower the latest consent under which the member furnishes on a day."""
    texts = [
        subject_text(bureau=bureau, document=DocumentKind(document), number=number)
        for document, number in (people[each] for each in who)
    ]
    identities = group.payloads.identities_known(texts)
    subjects = group.records.look_up(SUBJECT_IDENTITY, identities, on=0)["subject"]
    held = group.records.tables[CONSENT.name]
    good = (held.column("member") == member) & (held.column("furnishing") != 0) & (held.column("revoked") == 0)
    good &= (held.column("starts_on") <= on) & (held.column("expires_on") >= on)
    ids = np.flatnonzero(good)
    latest = np.zeros(int(max(subjects.max(initial=0), held.column("subject").max(initial=0))) + 1, np.int64)
    np.maximum.at(latest, held.column("subject")[ids], ids)
    latest[0] = 0
    return dict(zip(who, latest[subjects].tolist(), strict=True))
