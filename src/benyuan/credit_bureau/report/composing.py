"""A report put together for the sections that an answer shows, on a day, under the rules of that day.

PIPL, art. 6; Order 2021 No. 4 art. 28; State Council Order 631, arts. 16, 25: no more than the purpose needs,
objectively, without what is over, with the marks and the person's statement. Worked shape: for a guarantor the months
are left out, so an account has its latest month and neither `last_24` nor `arrears`.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET, structs

from benyuan.credit_bureau.report import sheet
from benyuan.credit_bureau.report.accounts import Unit, account_of, units_of
from benyuan.credit_bureau.report.asking import consents_of, inquired, inquiries_of
from benyuan.credit_bureau.report.file import CreditFile, Objected
from benyuan.credit_bureau.report.glossary import explained
from benyuan.credit_bureau.report.scoring import score_of
from benyuan.credit_bureau.report.showing import REPAIR, RETENTION, Shown, shown_on
from benyuan.credit_bureau.report.summary import summary_of
from benyuan.credit_bureau.score.scorecard import Scorecard
from benyuan.credit_bureau.vocabulary import PUBLIC_KIND_NUMBER, FaultKind, Section
from benyuan.rules import RulePack
from benyuan.values.dates import local_day

NEVER_HELD = ("credit_agreements", "related_repayment_liability", "housing_fund")
"""Parts of the second-generation report of which this bureau collects nothing."""
TOLD = (RETENTION, "cr.negative.delete_or_anonymise", REPAIR, "cr.statement", "cr.dispute.days")
"""The rules that a report names where they are in force."""
KINDS = {number: word for word, number in PUBLIC_KIND_NUMBER.items()}


def report(
    file: CreditFile, *, sections: Section, on: int, rules: RulePack, card: Scorecard | None = None
) -> sheet.Report:
    """The report of a file, with a score where there is a card. Errors: RuleNotInForce before any rule on retention."""
    shown = shown_on(months=file.months, public=file.public, on=on, rules=rules)
    units, public = units_of(file, shown, on=on), _public(shown)
    own = Section.identity in sections
    inquiries = inquiries_of(file, on=on, own=own) if Section.inquiries in sections else None
    made = sheet.Report(
        bureau=file.bureau,
        made_at=file.at,
        made_on=local_day(file.at),
        position=file.position,
        sections=[section.name or "" for section in Section if section in sections],
        subject=file.subject if own else UNSET,
        identity=_identity(file) if own else UNSET,
        score=_score(shown, card, on=on) if Section.score in sections else UNSET,
        summary=summary_of(units, public if Section.public in sections else (), _counted(inquiries, on))
        if Section.summary in sections
        else UNSET,
        accounts=_accounts(units, sections) if Section.accounts in sections else UNSET,
        public=public if Section.public in sections else UNSET,
        inquiries=UNSET if inquiries is None else inquiries,
        consents=consents_of(file) if own and inquiries is not None else UNSET,
        notes=_notes(file, units if Section.accounts in sections else (), shown, own=own)
        if Section.notes in sections
        else UNSET,
        never_held=list(NEVER_HELD),
        rules=_told(rules, on=on),
        explained=[],
    )
    return structs.replace(made, explained=explained(made))


def _counted(inquiries: Sequence[sheet.Inquiry] | None, on: int) -> sheet.Inquired | None:
    return None if inquiries is None else inquired(inquiries, on=on)


def _accounts(units: Sequence[Unit], sections: Section) -> list[sheet.Account]:
    months, own = Section.months in sections, Section.identity in sections
    return [account_of(unit, number=number, months=months, own=own) for number, unit in enumerate(units, start=1)]


def _identity(file: CreditFile) -> sheet.Identity:
    held: dict[str, Any] = dict(file.particulars or {})
    return sheet.Identity(**{name: held[name] for name in sheet.Identity.__struct_fields__ if held.get(name)})


def _score(shown: Shown, card: Scorecard | None, *, on: int) -> sheet.Score | None:
    return None if card is None else score_of(shown.months, card=card, on=on)


def _public(shown: Shown) -> list[sheet.PublicRecord]:
    return [
        sheet.PublicRecord(
            kind=KINDS[kind], decided_on=decided_on, ended_on=ended_on, amount_fen=amount_fen, published=published == 1
        )
        for kind, published, decided_on, ended_on, amount_fen in shown.public[
            ["kind", "published", "decided_on", "ended_on", "amount_fen"]
        ].tolist()
    ]


def _notes(file: CreditFile, units: Sequence[Unit], shown: Shown, *, own: bool) -> sheet.Notes:
    """The statement and the marks; one on a month stands only as long as that month does, unless that is missing."""
    numbers = {unit.line.account: number for number, unit in enumerate(units, start=1)}
    there = set(zip(shown.months["account"].tolist(), shown.months["month"].tolist(), strict=True))
    stays = [
        each
        for each in file.objected
        if not each.month or each.kind is FaultKind.missing or (each.account, each.month) in there
    ]
    return sheet.Notes(
        statement=file.statement.text if file.statement else "",
        said_on=file.statement.said_on if file.statement else 0,
        marks=[_mark(each, number=numbers.get(each.account, 0), own=own) for each in stays],
    )


def _mark(each: Objected, *, number: int, own: bool) -> sheet.Mark:
    return sheet.Mark(
        number=number,
        month=each.month,
        opened_on=each.opened_on,
        open=each.open,
        objection=each.objection if own else UNSET,
        kind=each.kind.value if own else UNSET,
    )


def _told(rules: RulePack, *, on: int) -> list[sheet.RuleNote]:
    found = [(id_, rules.in_force(id=id_, on=on)) for id_ in TOLD]
    return [
        sheet.RuleNote(
            rule=id_,
            en=rules.rule(id_).title.en,
            zh=rules.rule(id_).title.zh,
            document=value.cite.document,
            article=value.cite.article or "",
            status=value.status.value,
        )
        for id_, value in found
        if value is not None
    ]
