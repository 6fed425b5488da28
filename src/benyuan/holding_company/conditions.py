"""What is asked of who holds or leads a holding company that only documents show, and what bars them, for how long.

Sources: PBoC Order [2020] No. 4, arts. 8 to 12; PBoC Order [2021] No. 2, arts. 6, 8 to 12: each condition is the rule
`fhc.fit.<condition>`. Worked number: a sentence served on 20200501 bars for five years: on 20250501 still, on 20250502
no more; where nobody has told that it was served it bars without an end.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import msgspec

from benyuan.decisions.words import numbers_of
from benyuan.rules import RulePack
from benyuan.rules.places import Place, place_of, value_on
from benyuan.rules.types import RuleValue
from benyuan.values.dates import MONTHS_A_YEAR, add_months


class Condition(StrEnum):
    """Each condition by its own word; those of holders first. The numbers stand in rows: new ones come last."""

    founded = "founded"
    record = "record"
    investigated = "investigated"
    failed_firm = "failed_firm"
    crime = "crime"
    dormant = "dormant"
    pending = "pending"
    credit = "credit"
    core_business = "core_business"
    governance = "governance"
    finances = "finances"
    knowledge = "knowledge"
    dispute = "dispute"
    nominee = "nominee"
    false_capital = "false_capital"
    caused_failure = "caused_failure"
    uncooperative = "uncooperative"
    evasion = "evasion"
    opaque = "opaque"
    unfair = "unfair"
    manipulation = "manipulation"
    other_harm = "other_harm"
    own_money = "own_money"
    capacity = "capacity"
    compliance = "compliance"
    character = "character"
    work_record = "work_record"
    ability = "ability"
    senior_post = "senior_post"
    finance_head = "finance_head"
    risk_head = "risk_head"
    compliance_head = "compliance_head"
    audit_head = "audit_head"
    bank_background = "bank_background"
    securities_background = "securities_background"
    insurance_background = "insurance_background"
    convicted = "convicted"
    rights_lost = "rights_lost"
    under_inquiry = "under_inquiry"
    to_blame = "to_blame"
    taken_over = "taken_over"
    obstructed = "obstructed"
    sanctioned = "sanctioned"
    dismissed = "dismissed"
    debts = "debts"
    conflict = "conflict"
    misconduct = "misconduct"
    holder_post = "holder_post"
    group_post = "group_post"
    business_tie = "business_tie"
    influence = "influence"


class Bar(IntEnum):
    """How long a fact bars: for so many years, while it is open, for ever, or nothing bars and a document is all."""

    document = 0
    years = 1
    open = 2
    ever = 3


class Role(StrEnum):
    """As what somebody is asked."""

    minor = "minor"
    main = "main"
    controller = "controller"
    leads = "leads"
    executive = "executive"
    head_of_finance = "head_of_finance"
    head_of_risk = "head_of_risk"
    head_of_compliance = "head_of_compliance"
    head_of_audit = "head_of_audit"
    independent = "independent"


C = Condition
ANY_HOLDER, MAIN_OR_MORE = frozenset({Role.minor, Role.main, Role.controller}), frozenset({Role.main, Role.controller})
FIRMS_ALONE = frozenset({C.founded, C.dormant, C.pending, C.core_business, C.governance, C.finances})
"""What is asked of firms and of no individual."""
PEOPLE_ALONE = frozenset({C.knowledge})
ASKED: dict[Condition, frozenset[Role]] = {
    **dict.fromkeys((C.founded, C.record, C.investigated, C.failed_firm, C.crime, C.dormant, C.pending), ANY_HOLDER),
    **dict.fromkeys((C.credit, C.core_business, C.governance, C.finances, C.knowledge), MAIN_OR_MORE),
    **dict.fromkeys((C.dispute, C.nominee, C.false_capital, C.caused_failure, C.uncooperative), MAIN_OR_MORE),
    **dict.fromkeys((C.evasion, C.opaque, C.unfair, C.manipulation, C.other_harm), frozenset({Role.controller})),
    C.own_money: ANY_HOLDER,
    **dict.fromkeys((C.capacity, C.compliance, C.character, C.work_record, C.ability), frozenset({Role.leads})),
    C.senior_post: frozenset({Role.executive}),
    C.finance_head: frozenset({Role.head_of_finance}),
    C.risk_head: frozenset({Role.head_of_risk}),
    C.compliance_head: frozenset({Role.head_of_compliance}),
    C.audit_head: frozenset({Role.head_of_audit}),
    **dict.fromkeys((C.convicted, C.rights_lost, C.under_inquiry, C.to_blame, C.taken_over), frozenset({Role.leads})),
    **dict.fromkeys((C.obstructed, C.sanctioned, C.dismissed, C.debts, C.conflict), frozenset({Role.leads})),
    C.misconduct: frozenset({Role.leads}),
    **dict.fromkeys((C.holder_post, C.group_post, C.business_tie, C.influence), frozenset({Role.independent})),
}
"""Of whom each is asked; those that one of several must meet are asked of the company."""
BACKGROUNDS = (C.bank_background, C.securities_background, C.insurance_background)
BARS: dict[Condition, Bar] = {
    **dict.fromkeys((C.record, C.failed_firm, C.crime, C.convicted, C.rights_lost, C.taken_over), Bar.years),
    **dict.fromkeys((C.obstructed, C.sanctioned, C.dismissed), Bar.years),
    **dict.fromkeys((C.investigated, C.dormant, C.pending, C.dispute, C.evasion, C.opaque, C.unfair), Bar.open),
    **dict.fromkeys((C.manipulation, C.other_harm, C.under_inquiry, C.debts, C.conflict), Bar.open),
    **dict.fromkeys((C.holder_post, C.group_post, C.business_tie, C.influence), Bar.open),
    **dict.fromkeys((C.nominee, C.false_capital, C.caused_failure, C.uncooperative), Bar.ever),
    **dict.fromkeys((C.to_blame, C.misconduct), Bar.ever),
}
"""How long a fact on a condition bars; those that are not here nothing bars but a document that says no."""
OF_NON_FINANCIAL = frozenset({C.founded, C.record, C.investigated, C.failed_firm, C.crime, C.dormant, C.pending}) | {
    *(C.credit, C.core_business, C.governance, C.finances, C.knowledge)
}
"""Arts. 8 and 9, which speak of individuals and of firms that are no finance."""
OF_SPOUSE_TOO = frozenset({C.debts})
HOLDERS = frozenset(each for each, roles in ASKED.items() if roles <= ANY_HOLDER)
NO_END = 99_991_231  # tidy: number later than every day on which a bar ends
CONDITION_NUMBER = numbers_of(Condition, first=1)
CONDITIONS = {number: Condition(word) for word, number in CONDITION_NUMBER.items()}


def rule_of(condition: Condition) -> str:
    """The rule of a condition."""
    return f"fhc.fit.{condition.value}"


def bar_of(condition: Condition) -> Bar:
    """How long a fact on it bars."""
    return BARS.get(condition, Bar.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A document on a condition: from when, its last day (0: no end), whether it says yes; the number of its row."""

    who: int
    condition: Condition
    number: int
    met: bool
    from_date: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An adverse fact: since when, and from which day the article counts or on which it was over, 0: not yet."""

    who: int
    condition: Condition
    number: int
    from_date: int
    over_on: int


class Answer(StrEnum):
    """How a condition stands on a day."""

    met = "met"
    failed = "failed"
    barred = "barred"
    expired = "expired"
    not_shown = "not shown"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One condition of one party: how it stands, by which row, until when (0: no end known).

    `after`: the document is dated after the day from which the condition was asked, as `asked_on` says; 0: not told.
    """

    who: int
    condition: str
    place: Place
    state: Answer
    evidence: int
    fact: int
    until: int
    asked_on: int
    after: bool


def barred_until(fact: Fact, value: RuleValue) -> int | None:
    """The last day on which a fact bars; 0: without an end that is known, None: not at all."""
    bar = bar_of(fact.condition)
    if bar is Bar.document:
        return None
    if bar is Bar.ever or fact.over_on == 0:
        return 0
    return add_months(fact.over_on, MONTHS_A_YEAR * value.count) if bar is Bar.years else fact.over_on


def bars(fact: Fact, value: RuleValue, *, on: int) -> bool:
    """Whether a fact bars on a day: of one that is over, for years up to the last day, else until the day before."""
    last = barred_until(fact, value)
    if last is None or on < fact.from_date:
        return False
    return last == 0 or (on <= last if bar_of(fact.condition) is Bar.years else on < last)


def conditions_of(roles: Collection[Role], *, individual: bool) -> list[Condition]:
    """What is asked of somebody, in the order of the articles."""
    left_out = FIRMS_ALONE if individual else PEOPLE_ALONE
    return [each for each, asked in ASKED.items() if asked & set(roles) and each not in left_out]


def told(
    who: int,
    conditions: Iterable[Condition],
    *,
    evidence: Sequence[Evidence],
    facts: Sequence[Fact],
    spouses: Collection[int] = (),
    asked_on: int = 0,
    on: int,
    rules: RulePack,
) -> Iterator[Told]:
    """How each stands on a day (yyyymmdd). `evidence`, `facts`: of the party and of `spouses`. Errors: BadInput."""
    for condition in conditions:
        value = value_on(rules, rule_of(condition), on=on)
        subjects = {who, *(spouses if condition in OF_SPOUSE_TOO else ())}
        against = [
            each for each in facts if each.condition is condition and each.who in subjects and bars(each, value, on=on)
        ]
        shown = [each for each in evidence if (each.who, each.condition) == (who, condition) and each.from_date <= on]
        yield _told(who, condition, value, against=against, shown=shown, asked_on=asked_on, on=on)


def _told(
    who: int,
    condition: Condition,
    value: RuleValue,
    *,
    against: Sequence[Fact],
    shown: Sequence[Evidence],
    asked_on: int,
    on: int,
) -> Told:
    last = max(shown, key=lambda each: (each.from_date, each.number), default=None)
    fact = max(against, key=lambda each: (barred_until(each, value) or NO_END, each.number), default=None)
    if fact is not None:
        state, until = Answer.barred, barred_until(fact, value) or 0
    elif last is None:
        state, until = Answer.not_shown, 0
    else:
        expired = last.until != 0 and on > last.until
        state, until = Answer.expired if expired else Answer.met if last.met else Answer.failed, last.until
    return Told(
        who=who,
        condition=condition.value,
        place=place_of(rule_of(condition), value),
        state=state,
        evidence=last.number if last else 0,
        fact=fact.number if fact else 0,
        until=until,
        asked_on=asked_on,
        after=bool(last and asked_on and last.from_date > asked_on),
    )
