"""A credit report on the screen: a table for each part."""

from collections.abc import Sequence
from typing import Any

import typer
from msgspec import UnsetType, structs

from benyuan.cli.output import say_table
from benyuan.credit_bureau.report.forms import amount_text, day_text, month_text, share_text, time_text
from benyuan.credit_bureau.report.sheet import Account, Report, Summary
from benyuan.credit_bureau.report.words import meaning, short, word

FIGURES = {"balance_fen": "balance", "limit_fen": "limit", "overdue_fen": "overdue", "bad_debts_fen": "bad_debts_fen"}
COUNTS = ("accounts", "open", "closed", "overdue_accounts", "bad_debts", "late_accounts", "months_late")


def say_report(report: Report, *, language: str) -> None:
    """All parts that were asked for."""
    title = word("title", language)
    typer.echo(f"{title}, {time_text(report.made_at)}; {word('position', language)} {report.position}")
    if not isinstance(report.identity, UnsetType):
        rows = [(word(name, language), text) for name, text in structs.asdict(report.identity).items() if text]
        _table("identity", ("", ""), rows, language)
    if not isinstance(report.score, UnsetType) and report.score is not None and report.score.value is not None:
        typer.echo(f"\n{word('score', language)}: {report.score.value} ({report.score.card})")
        for reason in report.score.reasons:
            typer.echo(f"  {reason.zh if language == 'zh' else reason.en}")
    if not isinstance(report.summary, UnsetType):
        _table("summary", ("", ""), _summary(report.summary, language), language, right=("",))
    accounts = () if isinstance(report.accounts, UnsetType) else report.accounts
    names = ("account", "account_id", "type", "sort", "state", "balance", "limit", "overdue_fen", "last_24")
    _table("accounts", names, [_account(each, language) for each in accounts], language, right=names[5:8])
    _arrears(accounts, language)
    _others(report, language)
    _explained(report, language)


def _table(
    title: str, names: Sequence[str], rows: Sequence[Sequence[str]], language: str, right: Sequence[str] = ()
) -> None:
    columns = [word(name, language) if name else "" for name in names]
    say_table(title=word(title, language), columns=columns, rows=rows, right=[word(name, language) for name in right])


def _summary(summary: Summary, language: str) -> list[tuple[str, str]]:
    rows = [(word(name, language), str(getattr(summary, name))) for name in COUNTS]
    rows += [(word(label, language), amount_text(getattr(summary, name))) for name, label in FIGURES.items()]
    rows.append((word("used", language), share_text(summary.used_ppm)))
    rows += [(short(f"kind.{kind}", language), str(count)) for kind, count in summary.public.items()]
    return [row for row in rows if row[1] not in ("", "0", "0.00")]


def _account(account: Account, language: str) -> tuple[str, ...]:
    latest, disputed = account.latest, f", {word('disputed', language)}" if account.disputed else ""
    return (
        str(account.number),
        "" if isinstance(account.account, UnsetType) else str(account.account),
        account.type,
        word(account.sort, language),
        short(f"state.{account.state}", language) + disputed,
        amount_text(latest.balance_fen) if latest else "",
        amount_text((latest.limit_fen if latest else 0) or account.limit_fen),
        amount_text(latest.overdue_fen) if latest and latest.overdue_fen else "",
        "" if isinstance(account.last_24, UnsetType) else account.last_24,
    )


def _arrears(accounts: Sequence[Account], language: str) -> None:
    names = ("account", "first_month", "last_month", "worst", "most", "ended_on")
    rows = [
        (
            str(account.number),
            month_text(spell.first_month),
            month_text(spell.last_month),
            f"{spell.worst} {short(f'status.{spell.worst}', language)}",
            amount_text(spell.most_fen),
            day_text(spell.ended_on) or word("goes_on", language),
        )
        for account in accounts
        for spell in (() if isinstance(account.arrears, UnsetType) else account.arrears)
    ]
    _table("arrears", names, rows, language, right=("most",))


def _others(report: Report, language: str) -> None:
    """Public records, statement and marks, inquiries, consents."""
    for record in _there(report.public):
        ended = day_text(record.ended_on) or word("goes_on", language)
        amount = amount_text(record.amount_fen) if record.amount_fen else ""
        typer.echo(f"\n{day_text(record.decided_on)} {short(f'kind.{record.kind}', language)} {amount} ({ended})")
    if not isinstance(report.notes, UnsetType):
        if report.notes.statement:
            typer.echo(f"\n{word('statement', language)}: {_printable(report.notes.statement)}")
        marks = [
            (
                str(mark.number or ""),
                month_text(mark.month),
                day_text(mark.opened_on),
                word("being_checked" if mark.open else "not_confirmed", language),
            )
            for mark in report.notes.marks
        ]
        _table("marks", ("account", "month", "opened", "standing"), marks, language)
    asked = [
        (day_text(each.on), short(f"purpose.{each.purpose}", language), word(each.sort, language) if each.sort else "")
        for each in _there(report.inquiries)
    ]
    _table("inquiries", ("on", "purpose", "asker"), asked, language)
    allowed = [
        (
            str(each.consent),
            word(each.sort, language),
            short(f"purpose.{each.purpose}", language) if each.times else word("no_answers", language),
            day_text(each.starts_on),
            day_text(each.expires_on),
            word("may" if each.furnishing else "may_not", language),
            word("revoked", language) if each.revoked else "",
        )
        for each in _there(report.consents)
    ]
    _table(
        "consents",
        ("consent", "asker", "purpose", "starts_on", "expires_on", "furnishing", "standing"),
        allowed,
        language,
    )


def _explained(report: Report, language: str) -> None:
    rows = [
        (each.code.partition(".")[2], meaning(each.code, language))
        for each in report.explained
        if each.code.startswith(("status.", "type.", "term."))
    ]
    _table("glossary", ("term", "meaning"), rows, language)


def _printable(text: str) -> str:
    """A text that can't steer the terminal."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "?" for letter in text)


def _there(part: Any) -> Sequence[Any]:
    return () if isinstance(part, UnsetType) else part
