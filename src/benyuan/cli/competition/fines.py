"""`benyuan competition fine` and `decision`: what a breach costs, and the decision of 2021 reckoned again."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.competition.reading import On, day_of, source_of
from benyuan.cli.options import Json, RuleDirectories
from benyuan.cli.output import day, say_json, say_table, yuan
from benyuan.cli.rules import pack_of

if TYPE_CHECKING:
    from benyuan.governance.competition import Breach, Fine, Sales


def fine(
    breach: Annotated[
        str,
        typer.Argument(
            metavar="BREACH",
            help="abuse, cartel, cartel-no-sales, cartel-not-implemented, cartel-person, cartel-association, "
            "merger-harmful or merger-harmless.",
        ),
    ],
    on: On,
    sales: Annotated[str | None, typer.Option("--sales", metavar="YUAN", help="Sales in China of the year.")] = None,
    year: Annotated[int | None, typer.Option("--year", metavar="YEAR", help="Whose sales those are.")] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="TEXT", help="Where the sales were read.")] = None,
    dated: Annotated[str | None, typer.Option("--dated", metavar="DATE", help="That document's date.")] = None,
    rate: Annotated[str | None, typer.Option("--rate", metavar="SHARE", help="The part of sales, such as 4%.")] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="YUAN", help="The fine, where it isn't a part.")
    ] = None,
    times: Annotated[str | None, typer.Option("--times", metavar="TIMES", help="Multiplied, such as 2 or 2.5.")] = None,
    gains: Annotated[str, typer.Option("--gains", metavar="YUAN", help="Unlawful gains to confiscate.")] = "0",
    opened: Annotated[str | None, typer.Option("--opened", metavar="DATE", help="When the case was opened.")] = None,
    lenient: Annotated[bool, typer.Option("--lenient", help="The firm reported the agreement itself.")] = False,
    factor: Annotated[
        list[str] | None,
        typer.Option("--factor", metavar="NAME=TEXT", help="What was found on nature, degree, duration or remedy."),
    ] = None,
    rules: RuleDirectories = None,
    as_json: Json = False,
) -> None:
    """What a breach of the anti-monopoly law costs: the bounds, the fine at a rate within them, and confiscation.

        benyuan competition fine abuse --on 2021-04-10 --sales 455712000000 --year 2019 --rate 4%
        benyuan competition fine cartel-not-implemented --on 2026-05-15 --amount 1000000
        benyuan competition fine abuse --on 2026-05-15 --sales 1000000 --year 2025 --rate 10% --times 5

    The rate is the agency's to set, by the factors; without --rate or --amount the bounds are told. The law of the day
    governs: 2007's articles until 2022-07-31, those of the amended law from 2022-08-01, which knows the multiplier,
    persons and harmful mergers. --year is the year before the case was opened, and checked where --opened says when
    that was. Amounts are rounded down to the fen, once. Sales without --source and --dated are shown as invented.
    """
    from benyuan.governance.competition import Case, fine_of
    from benyuan.rules.quantities import ratio_ppm

    case = Case(
        breach=_breach(breach),
        on=day_of(on, field="--on"),
        sales=_sales(sales, year, source, dated),
        rate_ppm=None if rate is None else ratio_ppm(rate, field="--rate"),
        amount_fen=None if amount is None else _fen(amount, field="--amount"),
        times_ppm=_times(times),
        gains_fen=_fen(gains, field="--gains"),
        lenient=lenient,
        opened_on=day_of(opened, field="--opened") if opened else 0,
        found=dict(map(_factor, factor or ())),
    )
    made = fine_of(case, rules=pack_of(rules))
    if as_json:
        say_json(made)
    else:
        _say_fine(made)


def decision(rules: RuleDirectories = None, as_json: Json = False) -> None:
    """The decision of 2021-04-10 reckoned again: 4% of 455.712 billion yuan, and how it was rounded.

        benyuan competition decision

    Exactly it is 18,228,480,000.00 yuan; reports print 18.228 billion, in steps of a million. Several roundings give
    that, and they are named; the decision doesn't say which it took.
    """
    from benyuan.governance.competition import reckoned_again

    made = reckoned_again(rules=pack_of(rules))
    if as_json:
        say_json(made)
        return
    _say_fine(made.fine)
    rows = [
        ("decided", day(made.decided_on)),
        ("printed", yuan(made.printed_fen)),
        ("exact less printed", yuan(made.difference_fen)),
        ("steps of the print", yuan(made.step_fen)),
        ("roundings that agree", ", ".join(made.agreeing)),
    ]
    say_table(title=made.decision.text(), columns=("", "value"), rows=rows, right=("value",))


def _breach(text: str) -> "Breach":
    from benyuan.governance.competition import Breach
    from benyuan.values.errors import BadInput

    words = [each.value for each in Breach]
    if text not in words:
        raise BadInput("BREACH", text, "one of " + ", ".join(words))
    return Breach(text)


def _sales(sales: str | None, year: int | None, source: str | None, dated: str | None) -> "Sales | None":
    from benyuan.governance.competition import Sales
    from benyuan.values.errors import BadInput

    if sales is None:
        return None
    if year is None:
        raise BadInput("--year", None, "the year of the sales")
    return Sales(amount_fen=_fen(sales, field="--sales"), year=year, source=source_of(source, dated, field="--dated"))


def _fen(text: str, *, field: str) -> int:
    from benyuan.values.money import fen_from_yuan

    return fen_from_yuan(text, field=field)


def _times(text: str | None) -> int:
    """A factor in parts per million; whole ones may leave the point out. Raises BadInput."""
    from benyuan.governance.competition.fines import ONCE
    from benyuan.rules.quantities import factor_ppm

    return ONCE if text is None else factor_ppm(text if "." in text else f"{text}.0", field="--times")


def _factor(text: str) -> tuple[str, str]:
    from benyuan.values.errors import BadInput

    name, _, found = text.partition("=")
    if not found.strip():
        raise BadInput("--factor", text, "a factor and what was found, such as duration=five years")
    return name, found


def _say_fine(made: "Fine") -> None:
    from benyuan.rules.quantities import factor_text

    rows = [("at least", yuan(made.least_fen)), ("at most", yuan(made.most_fen))]
    if made.sales:
        rows.insert(0, (f"sales of {made.sales.year}: {made.sales_source}", yuan(made.sales.amount_fen)))
    if made.base_fen is not None and made.multiplier_place:
        rows += [("before it is multiplied", yuan(made.base_fen))]
    if made.multiplier_place:
        rows += [("times", factor_text(made.times_ppm))]
    if made.fine_fen is not None and made.total_fen is not None:
        rows += [("fine", yuan(made.fine_fen))]
        rows += (
            [("gains confiscated", yuan(made.gains_fen)), ("together", yuan(made.total_fen))] if made.gains_fen else []
        )
    say_table(title=made.place.text(), columns=("", "yuan"), rows=rows, right=("yuan",))
    for place in filter(None, (made.multiplier_place, made.leniency_place)):
        typer.echo(place.text())
    found = [
        (each.factor, each.found or "not said", "" if each.listed else "not listed on that day")
        for each in made.factors
    ]
    say_table(title=made.factors_place.text(), columns=("factor", "found", ""), rows=found)
