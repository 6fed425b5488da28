"""The books that docs/algorithms/classification.md and provisions.md work out, by hand and in columns."""

from fractions import Fraction
from types import SimpleNamespace
from typing import cast

import numpy as np

from benyuan.assurance.lending import _ratio
from benyuan.consumer_finance.by_hand.risk import (
    Assessed,
    Debt,
    Limits,
    Row,
    assess,
    chance,
    exposure_fen,
    most_loans_fen,
    reserve_asked_fen,
    row_of,
)
from benyuan.consumer_finance.limits import CAPITAL, LEVERAGE, carried_fen
from benyuan.consumer_finance.rounding import share_of
from benyuan.consumer_finance.vocabulary import RiskClass
from benyuan.decisions.usecase import Case
from benyuan.engine.group import Group
from benyuan.usecases.lending.close_lender_day import thresholds
from tests.properties.risk_columns import plain, plain_of, ppm, risk_of, thresholds_of
from tests.unit.consumer_finance import worked_tables
from tests.unit.consumer_finance.worked_tables import fen_of, table, yuan
from tests.unit.engine.groups import regime

ON = 20260731
LIMITS = Limits(
    class_days=(0, 90, 270, 360),
    doubtful=Fraction("0.5"),
    loss=Fraction("0.9"),
    stage_two_days=30,
    conversion=Fraction("0.1"),
)
PPM = 1_000_000
NOTHING = Fraction(0)


def share_of_text(text: str) -> Fraction:
    assert text.endswith("%"), text
    return Fraction(text.removesuffix("%")) / 100


def percent(share: Fraction) -> str:
    return f"{float(share * 100):.4f}".rstrip("0").rstrip(".") + "%"


def rates() -> list[Row]:
    _, rows = table("provisions.md", "The table of loss rates")
    return [
        Row(
            product=0 if product == "any" else int(product),
            days_from=int(days),
            year=share_of_text(year),
            life=share_of_text(life),
            loss=share_of_text(loss),
        )
        for product, days, year, life, loss in rows
    ]


def debts(rows: list[worked_tables.Row]) -> list[Debt]:
    """By the first columns of either page's table: borrower, product, days, owed, undrawn."""
    return [
        Debt(
            borrower=ord(row[0]) - ord("A") + 1,
            product=int(row[1]),
            days=int(row[2]),
            owed_fen=fen_of(row[3]),
            undrawn_fen=fen_of(row[4]),
        )
        for row in rows
    ]


def class_name(number: int) -> str:
    return RiskClass(number).name.replace("_", " ")


def classified(row: worked_tables.Row, debt: Debt, each: Assessed) -> worked_tables.Row:
    """A row of the page on classes: by days alone, the share of loss in the end, and what comes of both."""
    (alone,) = assess(
        [debt], rows=[Row(product=0, days_from=0, year=NOTHING, life=NOTHING, loss=NOTHING)], limits=LIMITS
    )
    share = chance(row_of(debt, rates()), each.stage) * row_of(debt, rates()).loss if debt.owed_fen else NOTHING
    return (*row[:5], class_name(alone.risk_class), percent(share), class_name(each.risk_class), each.stage.name)


def provided(row: worked_tables.Row, debt: Debt, each: Assessed) -> worked_tables.Row:
    """A row of the page on provisions, step by step."""
    rate = row_of(debt, rates())
    defaulting = exposure_fen(debt, LIMITS) * chance(rate, each.stage)
    shown = (each.stage.name, yuan(exposure_fen(debt, LIMITS)), percent(chance(rate, each.stage)))
    rounded = int(defaulting + Fraction(1, 2))
    return (*row[:5], *shown, yuan(rounded), percent(rate.loss), yuan(each.expected_loss_fen))


def test_the_worked_classes() -> None:
    head, rows = table("classification.md", "Borrowers worked out")
    assert head[:5] == ("borrower", "product", "days", "owed", "undrawn")
    book = debts(rows)
    assessed = assess(book, rows=rates(), limits=LIMITS)
    assert rows == [classified(row, debt, each) for row, debt, each in zip(rows, book, assessed, strict=True)]
    assert plain(risk_of(book, rates(), LIMITS)) == plain_of(assessed)


def test_the_worked_losses() -> None:
    head, rows = table("provisions.md", "Losses worked out")
    assert head[:5] == ("borrower", "product", "days", "owed", "undrawn")
    book = debts(rows)
    assessed = assess(book, rows=rates(), limits=LIMITS)
    assert rows == [provided(row, debt, each) for row, debt, each in zip(rows, book, assessed, strict=True)]
    assert plain(risk_of(book, rates(), LIMITS)) == plain_of(assessed)


def test_the_pages_go_by_the_rules() -> None:
    assert thresholds_of(LIMITS) == thresholds(regime().pack, on=ON, stage_two_days=30)


def test_the_worked_reserves() -> None:
    _, rows = table("provisions.md", "The two reserves")
    base = regime().pack.value(id="prov.base", on=ON)
    group = cast(Group, SimpleNamespace(regime=regime()))
    of_loans, of_bad = Fraction(base.ppm, PPM), Fraction(base.parameters.ppm("coverage"), PPM)
    for loans, bad, by_loans, by_bad, asked, held, holds in rows:
        figures = {"loans_fen": fen_of(loans), "bad_fen": fen_of(bad)}
        least = reserve_asked_fen(**figures, of_loans=of_loans, of_bad=of_bad)
        assert fen_of(by_loans) == reserve_asked_fen(**figures, of_loans=of_loans, of_bad=NOTHING)
        assert fen_of(by_bad) == reserve_asked_fen(**figures, of_loans=NOTHING, of_bad=of_bad)
        assert fen_of(asked) == least
        assert holds == ("yes" if fen_of(held) >= least else "no")
        both = [
            _ratio(group, ON, "reserve", "prov.base", fen_of(held), fen_of(of), asked=ppm(asked_of))
            for of, asked_of in ((loans, of_loans), (bad, of_bad))
        ]
        assert holds == ("yes" if all(ratio is not None and ratio.holds for ratio in both) else "no")


def test_the_worked_ceilings() -> None:
    _, rows = table("provisions.md", "How much may be lent in all")
    rules = {CAPITAL: "net_capital", LEVERAGE: "tier1"}
    for rule, capital, least, other, weight, most in rows:
        asked = regime().pack.value(id=rule, on=ON).ppm
        assert percent(Fraction(asked, PPM)) == least
        by_hand = most_loans_fen(
            capital_fen=fen_of(capital),
            least=Fraction(asked, PPM),
            other_fen=fen_of(other),
            weight=share_of_text(weight),
        )
        assert yuan(by_hand) == most
        facts = dict.fromkeys(("figures_net_capital_fen", "figures_tier1_fen"), 0)
        facts |= dict.fromkeys(("figures_other_weighted_fen", "figures_other_exposure_fen"), fen_of(other))
        facts |= {f"figures_{rules[rule]}_fen": fen_of(capital), "policy_found": 1}
        facts |= {"policy_risk_weight_ppm": ppm(share_of_text(weight))}
        case = SimpleNamespace(
            facts={name: np.array([value]) for name, value in facts.items()},
            batch=SimpleNamespace(on=ON),
            rules=regime().pack,
        )
        by_capital, by_leverage = carried_fen(cast(Case, case))
        assert int((by_capital if rule == CAPITAL else by_leverage)[0]) == by_hand


def test_the_worked_parts() -> None:
    _, rows = table("closing.md", "Joint loans")
    before = 0
    for total, share, theirs, ours, step in rows:
        part = int(share_of(np.array([fen_of(total)]), np.array([ppm(share_of_text(share))]))[0])
        assert (fen_of(theirs), fen_of(ours)) == (part, fen_of(total) - part)
        assert fen_of(step) == part - before
        before = part
