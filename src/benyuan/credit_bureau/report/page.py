"""A report as one HTML page in English or Chinese: no scripts, nothing from outside, readable on A4.

Order 2021 No. 4 art. 28: the terms are explained on the page itself. Worked shape: a section that wasn't asked for has
no heading; one that is empty says that none is held.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import UnsetType

from benyuan.credit_bureau.report.forms import amount_text, day_text, month_text, share_text, time_text
from benyuan.credit_bureau.report.markup import Html, heading, page, pairs, paragraph, section, table
from benyuan.credit_bureau.report.sheet import (
    Consent,
    Identity,
    Inquiry,
    Mark,
    Notes,
    PublicRecord,
    Report,
    Score,
    Summary,
)
from benyuan.credit_bureau.report.units import unit
from benyuan.credit_bureau.report.words import LANGUAGES, meaning, short, word
from benyuan.values.errors import BadInput

LANGUAGE_TAGS = {"en": "en", "zh": "zh-CN"}
PUBLIC_KINDS = ("tax-arrears", "judgment", "enforcement", "penalty", "service-arrears")


def page_of(report: Report, *, language: str) -> str:
    """The whole page. Errors: BadInput for a language that is none of these."""
    if language not in LANGUAGES:
        raise BadInput("language", language, " or ".join(LANGUAGES))
    title = word("title", language)
    parts = _sections(report, language)
    return page(heading(1, title), *parts, language=LANGUAGE_TAGS[language], title=title)


def _sections(report: Report, language: str) -> Iterator[Html]:
    """In the order of the form that people know."""
    yield _titled("header", language, pairs(caption=word("header", language), rows=_header(report, language)))
    if not isinstance(report.identity, UnsetType):
        yield _titled("identity", language, _identity(report.identity, language))
    if not isinstance(report.score, UnsetType):
        yield _titled("score", language, *_score(report.score, language))
    if not isinstance(report.summary, UnsetType):
        yield _titled("summary", language, *_summary(report.summary, language))
    if not isinstance(report.accounts, UnsetType):
        yield _titled("accounts", language, *(unit(account, language) for account in report.accounts))
    if not isinstance(report.public, UnsetType):
        yield _titled("public", language, *_public(report.public, language))
    if not isinstance(report.notes, UnsetType):
        yield _titled("notes", language, *_notes(report.notes, language))
    if not isinstance(report.inquiries, UnsetType):
        yield _titled("inquiries", language, *_inquiries(report.inquiries, language))
    if not isinstance(report.consents, UnsetType):
        yield _titled("consents", language, *_consents(report.consents, language, on=report.made_on))
    yield _titled("never_held", language, *(paragraph(word(name, language)) for name in report.never_held))
    yield _titled("rules", language, _rules(report, language))
    yield _titled("glossary", language, _glossary(report, language))


def _titled(name: str, language: str, *parts: Html) -> Html:
    """A section with its title; one with nothing in it says so."""
    title = word(name, language)
    return section(heading(2, title), *(parts or (paragraph(word("none_held", language)),)), label=title)


def _header(report: Report, language: str) -> dict[str, str]:
    sections = [word(f"part.{name}", language) for name in report.sections]
    rows = {
        "bureau": str(report.bureau),
        "made": time_text(report.made_at),
        "position": f"{report.position:,}",
        "sections": ("、" if language == "zh" else ", ").join(sections),
    }
    if not isinstance(report.subject, UnsetType):
        rows["subject"] = str(report.subject)
    return _named(rows, language)


def _named(rows: Mapping[str, str], language: str) -> dict[str, str]:
    return {word(name, language): text for name, text in rows.items()}


def _identity(identity: Identity, language: str) -> Html:
    none = word("none_held", language)
    rows = {name: getattr(identity, name) or none for name in Identity.__struct_fields__}
    return pairs(caption=word("identity", language), rows=_named(rows, language))


def _score(score: Score | None, language: str) -> Iterator[Html]:
    if score is None or score.value is None:
        return
    rows = {"value": str(score.value), "card": score.card, "made_on": day_text(score.made_on)}
    yield pairs(caption=word("score", language), rows=_named(rows, language))
    reasons = [(str(number), each.zh if language == "zh" else each.en) for number, each in enumerate(score.reasons, 1)]
    if reasons:
        yield table(caption=word("reasons", language), columns=("", word("reasons", language)), rows=reasons)


def _summary(summary: Summary, language: str) -> Iterator[Html]:
    rows = {
        "accounts": str(summary.accounts),
        "open": str(summary.open),
        "closed": str(summary.closed),
        "first_opened_on": day_text(summary.first_opened_on),
        "balance": amount_text(summary.balance_fen),
        "limit": amount_text(summary.limit_fen),
        "used": share_text(summary.used_ppm),
        "overdue_accounts": str(summary.overdue_accounts),
        "overdue": amount_text(summary.overdue_fen),
        "bad_debts": str(summary.bad_debts),
        "bad_debts_fen": amount_text(summary.bad_debts_fen),
        "late_accounts": str(summary.late_accounts),
        "months_late": str(summary.months_late),
        "longest_months": str(summary.longest_months),
        "worst": f"{summary.worst}, {short(f'status.{summary.worst}', language)}" if summary.worst else "",
    }
    rows = {name: text for name, text in rows.items() if text}
    counted = {short(f"kind.{kind}", language): str(count) for kind, count in summary.public.items()}
    yield pairs(caption=word("summary", language), rows={**_named(rows, language), **counted})
    if summary.types:
        yield _types(summary, language)
    if not isinstance(summary.inquiries, UnsetType) and summary.inquiries.two_years:
        asked = summary.inquiries
        lines = [
            (short(f"purpose.{purpose}", language), str(asked.month.get(purpose, 0)), str(count))
            for purpose, count in asked.two_years.items()
        ]
        columns = [word(name, language) for name in ("purpose", "month_ago", "two_years")]
        yield table(caption=word("inquired", language), columns=columns, rows=lines, right=(1, 2))


def _types(summary: Summary, language: str) -> Html:
    columns = [word(name, language) for name in ("type", "count", "open", "balance", "limit")]
    rows = [
        (
            f"{each.type}, {short(f'type.{each.type}', language)}",
            str(each.accounts),
            str(each.open),
            amount_text(each.balance_fen),
            amount_text(each.limit_fen),
        )
        for each in summary.types
    ]
    return table(caption=word("types", language), columns=columns, rows=rows, right=(1, 2, 3, 4))


def _public(records: Sequence[PublicRecord], language: str) -> Iterator[Html]:
    """A table for each kind, also for those of which none is held."""
    for kind in PUBLIC_KINDS:
        of = [record for record in records if record.kind == kind]
        title = short(f"kind.{kind}", language)
        yield heading(3, title)
        if not of:
            yield paragraph(word("none_held", language))
            continue
        rows = [
            (
                day_text(record.decided_on),
                amount_text(record.amount_fen) if record.amount_fen else "",
                day_text(record.ended_on) or word("goes_on", language),
            )
            for record in of
        ]
        columns = [word(name, language) for name in ("decided_on", "amount", "ended_on")]
        yield table(caption=title, columns=columns, rows=rows, right=(1,))


def _notes(notes: Notes, language: str) -> Iterator[Html]:
    if notes.statement:
        yield heading(3, f"{word('statement', language)}, {day_text(notes.said_on)}")
        yield paragraph(notes.statement, kind="statement")
    if notes.marks:
        columns = [word(name, language) for name in ("about", "month", "opened", "standing", "kind")]
        rows = [_mark(mark, language) for mark in notes.marks]
        yield table(caption=word("marks", language), columns=columns, rows=rows)


def _mark(mark: Mark, language: str) -> tuple[str, ...]:
    about = f"{word('account', language)} {mark.number}" if mark.number else word("other_part", language)
    return (
        about,
        month_text(mark.month),
        day_text(mark.opened_on),
        word("being_checked" if mark.open else "not_confirmed", language),
        "" if isinstance(mark.kind, UnsetType) else word(mark.kind, language),
    )


def _inquiries(inquiries: Sequence[Inquiry], language: str) -> Iterator[Html]:
    if inquiries:
        columns = [word(name, language) for name in ("on", "purpose", "asker", "member")]
        rows = [
            (
                day_text(each.on),
                short(f"purpose.{each.purpose}", language),
                _asker(each, language),
                "" if isinstance(each.member, UnsetType) or not each.member else str(each.member),
            )
            for each in inquiries
        ]
        yield table(caption=word("inquiries", language), columns=columns, rows=rows)


def _asker(asked: Inquiry, language: str) -> str:
    if asked.elsewhere:
        return word("elsewhere", language)
    return word(asked.sort, language) if asked.sort else word("staff" if asked.staff else "person", language)


def _consents(consents: Sequence[Consent], language: str, *, on: int) -> Iterator[Html]:
    if consents:
        names = ("consent", "asker", "member", "purpose", "starts_on", "expires_on", "times", "furnishing", "standing")
        rows = [
            (
                str(each.consent),
                word(each.sort, language),
                str(each.member),
                short(f"purpose.{each.purpose}", language) if each.times else word("no_answers", language),
                day_text(each.starts_on),
                day_text(each.expires_on),
                str(each.times),
                word("may" if each.furnishing else "may_not", language),
                word(_standing(each, on=on), language),
            )
            for each in consents
        ]
        yield table(
            caption=word("consents", language), columns=[word(name, language) for name in names], rows=rows, right=(6,)
        )


def _standing(consent: Consent, *, on: int) -> str:
    if consent.revoked:
        return "revoked"
    if on < consent.starts_on:
        return "to_come"
    return "ran_out" if consent.expires_on < on else "stands"


def _rules(report: Report, language: str) -> Html:
    rows = [
        (
            rule.zh if language == "zh" else rule.en,
            f"{rule.document} {rule.article}".strip(),
            word(rule.status, language),
        )
        for rule in report.rules
    ]
    columns = [word(name, language) for name in ("rule", "source", "known")]
    return table(caption=word("rules", language), columns=columns, rows=rows)


def _glossary(report: Report, language: str) -> Html:
    rows = [(_term(each.code, language), meaning(each.code, language)) for each in report.explained]
    columns = [word(name, language) for name in ("term", "meaning")]
    return table(caption=word("glossary", language), columns=columns, rows=rows)


def _term(code: str, language: str) -> str:
    """As the term stands on the page: a status or type by its code, the others by a word."""
    kind, _, name = code.partition(".")
    if kind in ("status", "type"):
        return name
    return word(code, language) if kind == "term" else short(code, language)
