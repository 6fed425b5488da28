"""Questions about related transactions that `reckoned` sections ask: `graded`, `amounts`, `voted`, `owed`, `limited`.

`graded`: `law` (holding, bank, lender, leasing, insurer, trust), `base`, `amount`, slices of the same `deal`, the
`year` before it (of a trust company what is outstanding), what it `adds` to that, the other side an `individual` or
not, an exemption `claimed`, a `framework`, `left_out`. `voted`: a `stage`, how many `directors`, how many keep `out`,
votes in `favour`, `against`, `abstain`; of shareholders their `holders`, the first in favour. `owed`: what follows from
something `signed`, a day in a `quarter` or a `year`, a register `updated`. `limited`: a `rule`, the `figure` it is a
part of, `net_assets` where the lower of two counts, what is `used`, and what is `asked` for besides.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from benyuan.governance.related import duties
from benyuan.governance.related.grading import Asked, counted_fen, graded
from benyuan.governance.related.laws import BANK, HOLDING, INSURER, LEASING, LENDER, TRUST, Law, standard_of
from benyuan.governance.related.limits import most_beside, most_of
from benyuan.governance.related.matters import quorum_of
from benyuan.governance.related.vocabulary import Product, Stage, TransactionSort, Vote
from benyuan.governance.related.voting import Organs, counted
from benyuan.rules import RuleNotInForce, RulePack
from benyuan.values.calendar import WorkingCalendar
from benyuan.values.errors import BadInput
from tests.cases.reading import day, fen, known

Question = Mapping[str, Any]
LAWS = {law.number.name: law for law in (HOLDING, BANK, LENDER, LEASING, INSURER, TRUST)}


def _law(asked: Question) -> Law:
    return LAWS[asked.get("law", "holding")]


def _graded(asked: Question, on: int, rules: RulePack) -> dict[str, Any]:
    known(
        asked,
        {"law", "base", "amount", "adds", "deal", "year", "individual", "claimed", "framework", "left_out"},
        where="graded",
    )
    law = _law(asked)
    exempt = rules.value(id=law.rule("exempt"), on=on).parameters
    made = graded(
        Asked(
            amount_fen=fen(asked["amount"]),
            base_fen=fen(asked["base"]),
            deal=[fen(each) for each in asked.get("deal", [])],
            years=[[fen(each) for each in asked.get("year", [])]],
            small_fen=exempt.fen("individual" if asked.get("individual") else "body"),
            claimed=asked.get("claimed", False),
            in_framework=asked.get("framework", False),
            adds_fen=fen(asked["adds"]) if "adds" in asked else None,
            never_major=asked.get("left_out", False),
        ),
        standard=standard_of(rules, law, on=on),
    )
    told = {"by_itself": made.by_itself, "by_sum": made.by_sum, "year": made.year_fen}
    return {"grade": made.grade.name, **told}


def _amounts(asked: Question, on: int, rules: RulePack) -> dict[str, Any]:
    known(asked, {"sort", "product", "amount", "fee", "fair_value"}, where="amounts")
    rules.value(id="fhc.rpt.amount", on=on)
    made = counted_fen(
        sort=TransactionSort(asked["sort"]),
        product=Product(asked.get("product", "none")),
        amount_fen=fen(asked["amount"]),
        fee_fen=fen(asked.get("fee", "0.00")),
        fair_value_fen=fen(asked.get("fair_value", "0.00")),
    )
    return {"counts": made}


def _voted(asked: Question, on: int, rules: RulePack) -> dict[str, Any]:
    known(asked, {"law", "stage", "directors", "out", "favour", "against", "abstain", "holders"}, where="voted")
    directors = list(range(1, asked.get("directors", 0) + 1))
    holders = {place: Fraction(part) for place, part in enumerate(asked.get("holders", []), start=101)}
    out = set(directors[len(directors) - asked.get("out", 0) :])
    votes = [Vote(vote) for vote in Vote for _ in range(asked.get(vote.value, 0))]
    members = list(holders) if asked["stage"] == "shareholders" else directors
    organs = Organs(
        directors=frozenset(directors),
        independent=frozenset(directors[:1]),
        committee=frozenset(directors),
        chairs=frozenset(directors[:1]),
        holders=holders,
    )
    made = counted(
        Stage[asked["stage"]],
        organs=organs,
        out=out,
        ballots=dict(zip(members, votes, strict=False)),
        quorum=quorum_of(rules, _law(asked), on=on),
    )
    return {"then": made.stage.name, "present": made.present}


def _owed(asked: Question, on: int, rules: RulePack) -> dict[str, Any]:
    known(asked, {"law", "signed", "quarter", "year", "updated"}, where="owed")
    law, working = _law(asked), WorkingCalendar()
    if "signed" in asked:
        made = duties.after_signing(rules, working, law, signed_on=day(asked["signed"]), about=1)
    elif "quarter" in asked:
        made = duties.of_quarter(rules, law, on=day(asked["quarter"]))
    elif "year" in asked:
        made = duties.of_year(rules, law, on=day(asked["year"]))
    else:
        made = [duties.next_update(rules, updated_on=day(asked["updated"]))]
    assert on
    return {each.kind.name: each.due_on for each in made}


def _limited(asked: Question, on: int, rules: RulePack) -> dict[str, Any]:
    known(asked, {"rule", "figure", "net_assets", "used", "asked"}, where="limited")
    if "net_assets" in asked:
        most, _ = most_beside(rules, asked["rule"], fen(asked["figure"]), fen(asked["net_assets"]), on=on)
    else:
        most = most_of(rules, asked["rule"], fen(asked["figure"]), on=on)
    left = most - fen(asked.get("used", "0.00"))
    return {"limit": most, "passes": fen(asked["asked"]) <= left, "left": max(0, left)}


def _in_force(question: Callable[[Question, int, RulePack], dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def ask(asked: Question, on: int, rules: RulePack) -> dict[str, Any]:
        try:
            return question(asked, on, rules)
        except RuleNotInForce as error:
            raise BadInput("on", on, str(error)) from None

    return ask


QUESTIONS = {
    "graded": _in_force(_graded),
    "amounts": _in_force(_amounts),
    "voted": _in_force(_voted),
    "owed": _in_force(_owed),
    "limited": _in_force(_limited),
}
