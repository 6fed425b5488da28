"""Cases that reckon and move nothing: a file's `reckoned` asks one question and says the answer.

An entry names the day (`on`) and one question, of fair competition (`market`, `merger`, `review`, `fine`, `conduct`),
of the holding company (`HOLDING` in holding_questions.py) or of related parties (`QUESTIONS` in relating.py), and
`then` says parts of the answer, money in yuan, or `invalid: <field>` with words that must stand in the answer (`says`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benyuan.governance import competition
from benyuan.rules import RulePack
from benyuan.values.errors import BadInput
from tests.cases import relating
from tests.cases.holding_questions import HOLDING
from tests.cases.reading import day, fen, known, ppm, read

ENTRY_KEYS = {"name", "on", "then", "note"}
WHOLE = 1_000_000
Asked = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """One question and its answer."""

    on: int
    kind: str
    asked: Asked
    then: Mapping[str, Any]


def reckoned_of(path: Path) -> Iterator[tuple[str, Reckoned]]:
    """The questions of a file, each with the name that tests show."""
    for entry in read(path).get("reckoned", []):
        known(entry, ENTRY_KEYS | set(QUESTIONS), where=f"{path.name}: {entry.get('name')}")
        (kind,) = set(entry) & set(QUESTIONS)
        yield (
            f"{path.stem}: {entry['name']}",
            Reckoned(on=day(entry["on"]), kind=kind, asked=entry[kind], then=entry["then"]),
        )


def run_reckoned(case: Reckoned, rules: RulePack) -> list[str]:
    """What differs, in words; empty where nothing does."""
    then = dict(case.then)
    field = then.pop("invalid", None)
    try:
        found = QUESTIONS[case.kind](case.asked, case.on, rules)
    except BadInput as error:
        if field == error.field and then.get("says", "") in str(error):
            return []
        return [f"it was refused as input: {error}"]
    if field is not None:
        return [f"{field} is not at fault: {found}"]
    return [
        f"{name} is {wanted}, not {found.get(name)}"
        for name, wanted in _plain(then).items()
        if found.get(name) != wanted
    ]


def _plain(then: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: fen(value) if isinstance(value, str) and value[-3:-2] == "." else value for name, value in then.items()
    }


def _market(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    known(asked, {"firms", "total"}, where="market")
    figures = tuple(competition.Figure(firm=name, amount=amount) for name, amount in asked["firms"].items())
    definition = competition.MarketDefinition(
        product="payments", area="China", begins_on=20250101, ends_on=20260101, defined_on=20260301, counted="payments"
    )
    market = competition.Market(definition=definition, figures=figures, total=asked.get("total"))
    made = competition.presumption_of(market, on=on, rules=rules)
    return {
        "presumed": made.presumed,
        "excepted": [each.firm for each in made.tests if each.excepted],
        "missing": [each.missing for each in made.tests],
        "article": made.place.article,
    }


def _merger(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    known(asked, {"world", "china", "held", "year"}, where="merger")
    year = asked.get("year", on // 10_000 - 1)
    parties = [
        competition.Party(name=f"party {place}", world_fen=fen(world), china_fen=fen(china), year=year)
        for place, (world, china) in enumerate(zip(asked["world"], asked["china"], strict=True), start=1)
    ]
    held = ppm(asked.get("held", "0%"))
    made = competition.notification_of(parties, on=on, rules=rules, held_ppm=held)
    return {
        "must_file": made.must_file,
        "may_be_called_in": made.may_be_called_in is not None,
        "within_group": made.within_group,
        "met": [each.turnover for each in made.tests if each.met],
        "world_over": made.tests[0].total_over_fen,
        "china_over": made.tests[1].total_over_fen,
        "each_over": made.tests[0].each_over_fen,
    }


def _review(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    known(asked, {"further", "extension", "stops"}, where="review")
    stops = [
        competition.Stop(from_on=day(first), until_on=None if last is None else day(last))
        for first, last in asked.get("stops", [])
    ]
    further = day(asked["further"]) if "further" in asked else None
    steps = competition.review_of(
        complete_on=on, further_on=further, extension_days=asked.get("extension", 0), stops=stops, rules=rules
    )
    return {"due": [each.due_on for each in steps], "free_from": steps[-1].free_from, "step": steps[-1].step}


def _fine(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    known(
        asked,
        {"breach", "sales", "year", "rate", "amount", "times", "gains", "lenient", "opened", "found"},
        where="fine",
    )
    sales = competition.Sales(amount_fen=fen(asked["sales"]), year=asked["year"]) if "sales" in asked else None
    case = competition.Case(
        breach=competition.Breach(asked["breach"]),
        on=on,
        sales=sales,
        rate_ppm=ppm(asked["rate"]) if "rate" in asked else None,
        amount_fen=fen(asked["amount"]) if "amount" in asked else None,
        times_ppm=ppm(asked["times"]) if "times" in asked else WHOLE,
        gains_fen=fen(asked.get("gains", "0.00")),
        lenient=asked.get("lenient", False),
        opened_on=day(asked["opened"]) if "opened" in asked else 0,
        found=asked.get("found", {}),
    )
    made = competition.fine_of(case, rules=rules)
    return {
        "fine": made.fine_fen,
        "least": made.least_fen,
        "most": made.most_fen,
        "together": made.total_fen,
        "rule": made.place.rule,
        "article": made.place.article,
        "factors": [each.factor for each in made.factors if each.listed],
        "unlisted": [each.factor for each in made.factors if not each.listed],
    }


def _conduct(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    known(asked, {"act", "means", "dominant", "justified"}, where="conduct")
    made = competition.flags_of(competition.Conduct(**asked), on=on, rules=rules)
    return {"flagged": [each.flagged for each in made.flags], "why_none": made.why_none}


QUESTIONS: dict[str, Callable[[Asked, int, RulePack], dict[str, Any]]] = {
    "market": _market,
    "merger": _merger,
    "review": _review,
    "fine": _fine,
    "conduct": _conduct,
    **relating.QUESTIONS,
    **HOLDING,
}
