"""The unit of an account on a printed report: basics, latest month, 24 months, 60 months, special events.

Order 2021 No. 4 art. 28. Worked shape: 25 months up to 202609 make a grid of three years, a column for each month.
"""

from collections.abc import Iterator, Mapping

from msgspec import UnsetType

from benyuan.credit_bureau.report.forms import A_MONTH, amount_text, day_text, month_text
from benyuan.credit_bureau.report.markup import Html, heading, pairs, table
from benyuan.credit_bureau.report.sheet import Account, Latest
from benyuan.credit_bureau.report.words import short, word
from benyuan.values.dates import MONTHS_A_YEAR


def unit(account: Account, language: str) -> Html:
    """One account."""
    title = f"{word('account', language)} {account.number}: {account.type}, {short(f'type.{account.type}', language)}"
    return Html("".join((heading(3, title), *_parts(account, language))))


def _parts(account: Account, language: str) -> Iterator[Html]:
    caption = f"{word('account', language)} {account.number}"
    yield pairs(caption=caption, rows=_basics(account, language))
    if account.latest is not None:
        yield pairs(caption=f"{caption}: {word('latest', language)}", rows=_latest(account.latest, language))
    if not isinstance(account.last_24, UnsetType) and not isinstance(account.last_24_to, UnsetType):
        yield _grid(
            _letters(account.last_24, to=account.last_24_to), caption=f"{caption}: {word('last_24', language)}",
            language=language,
        )  # fmt: skip
    if not isinstance(account.last_60, UnsetType):
        cells = {
            each.month: f"{each.status} {amount_text(each.overdue_fen)}" if each.overdue_fen else each.status
            for each in account.last_60
        }
        yield _grid(cells, caption=f"{caption}: {word('last_60', language)}", language=language)
    if not isinstance(account.arrears, UnsetType) and account.arrears:
        yield _arrears(account, caption=f"{caption}: {word('arrears', language)}", language=language)


def _basics(account: Account, language: str) -> dict[str, str]:
    rows = {
        "sort": word(account.sort, language),
        "opened_on": day_text(account.opened_on),
        "limit": amount_text(account.limit_fen),
        "state": short(f"state.{account.state}", language),
    }
    if not isinstance(account.account, UnsetType):
        rows["account_id"] = str(account.account)
    if not isinstance(account.member, UnsetType):
        rows["member"] = str(account.member)
    if account.closed_on:
        rows["closed_on"] = day_text(account.closed_on)
    if account.disputed:
        rows["disputed"] = word("is_disputed", language)
    return {word(name, language): text for name, text in rows.items()}


def _latest(latest: Latest, language: str) -> dict[str, str]:
    rows = {
        "month": month_text(latest.month),
        "status": f"{latest.status}, {short(f'status.{latest.status}', language)}",
        "balance": amount_text(latest.balance_fen),
        "limit": amount_text(latest.limit_fen),
        "due": amount_text(latest.due_fen),
        "paid": amount_text(latest.paid_fen),
        "overdue_fen": amount_text(latest.overdue_fen),
    }
    days = {"due_on": latest.due_on, "paid_on": latest.paid_on}
    rows |= {name: day_text(on) for name, on in days.items() if on}
    counts = {
        "terms_left": latest.terms_left,
        "terms_overdue": latest.terms_overdue,
        "risk_class": latest.risk_class,
    }
    rows |= {name: str(count) for name, count in counts.items() if count}
    return {word(name, language): text for name, text in rows.items()}


def _letters(letters: str, *, to: int) -> dict[int, str]:
    """A letter for each month up to one."""
    last = to // A_MONTH * MONTHS_A_YEAR + to % A_MONTH - 1
    counts = range(last - len(letters) + 1, last + 1)
    months = [count // MONTHS_A_YEAR * A_MONTH + count % MONTHS_A_YEAR + 1 for count in counts]
    return dict(zip(months, letters, strict=True))


def _grid(cells: Mapping[int, str], *, caption: str, language: str) -> Html:
    """A row a year, the latest first, a column a month."""
    years = sorted({month // A_MONTH for month in cells}, reverse=True)
    numbers = range(1, MONTHS_A_YEAR + 1)
    rows = [[str(year), *(cells.get(year * A_MONTH + number, "") for number in numbers)] for year in years]
    columns = [word("year", language), *(f"{number:02d}" for number in numbers)]
    return table(caption=caption, columns=columns, rows=rows, kind="letters")


def _arrears(account: Account, *, caption: str, language: str) -> Html:
    spells = [] if isinstance(account.arrears, UnsetType) else account.arrears
    names = ("first_month", "last_month", "months", "worst", "most", "ended_on")
    rows = [
        (
            month_text(spell.first_month),
            month_text(spell.last_month),
            str(spell.months),
            f"{spell.worst}, {short(f'status.{spell.worst}', language)}",
            amount_text(spell.most_fen),
            day_text(spell.ended_on) or word("goes_on", language),
        )
        for spell in spells
    ]
    return table(caption=caption, columns=[word(name, language) for name in names], rows=rows, right=(2, 4))
