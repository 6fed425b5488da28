"""What is given to related parties as legs on usage accounts, so that the ledger refuses what is over a limit.

Sources: PBoC Order [2020] No. 4, art. 36 items 5, 7; CBIRC Order 2022 No. 1, arts. 16, 20, 25, 26. Who
belongs together and who is related may change without a posting: a ceiling is therefore the limit less what counts
today and is not booked on the account, or plus what is booked there and counts no longer. Worked number: limit 200.00,
booked 50.00; a party with 30.00 became related since: the ceiling is 170.00, and 120.00 more may be given.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from benyuan.decisions.books import Books
from benyuan.decisions.events import Event, event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided
from benyuan.governance.related.chart import LimitLeg
from benyuan.governance.related.deal import Deal
from benyuan.governance.related.exposures import Ints
from benyuan.governance.related.limits import GIVEN, OUTSIDE, RECEIVED, Limit, PaidIn, Scene
from benyuan.governance.related.records import (
    RELATED_COUNTED,
    RELATED_COUNTS,
    RELATED_EXPOSED,
    RELATED_EXPOSURE,
    RELATED_PARTICULAR,
    RELATED_PARTICULARS,
    RELATED_USAGE,
    RELATED_USAGE_OPENED,
)
from benyuan.governance.related.sectors import INSURERS, OF_INSURERS, OF_TRUSTS
from benyuan.governance.related.sectors import RULES as OF_SECTORS
from benyuan.governance.related.vocabulary import (
    FUNDS_NUMBER,
    FURTHER_LINES,
    LEFT_OUT_NUMBER,
    Funds,
    Line,
    Product,
    TransactionSort,
)
from benyuan.parties.bodies.vocabulary import FIGURE_NUMBER, Business
from benyuan.rules import RulePack
from benyuan.usecases.common import numbered, rows
from benyuan.usecases.related.shared import Truths, one

RULES = (GIVEN, RECEIVED, OUTSIDE, *OF_SECTORS)
FIRST_LINES = tuple(line for line in Line if line not in FURTHER_LINES)
NET_LINES = (Line.party, Line.group, Line.every)
"""Of what is left after security that is taken off; where there is none, of all."""
CONTROL = 0
"""The line of the control account."""
PAID_IN = 1 + max(FIGURE_NUMBER.values())
WANTED = {**FIGURE_NUMBER, PaidIn.contribution.value: PAID_IN}
FIGURES = {number: word for word, number in WANTED.items()}
NAMES = ("control", *(line.name for line in Line))
PARTS = ("counts", "account", "of", "beside", "ceiling", "fen", "rule")
NOTHING = {
    **{f"{line.name}_{part}": 0 for line in Line for part in PARTS},
    **dict.fromkeys(("control_counts", "control_account", "control_of", "control_beside"), 0),
    **dict.fromkeys(("lacks_of", "lacks_figure", "lacks_instead", "lacks_on", "taken_off_fen", "lasts"), 0),
    **dict.fromkeys(("funds_of_insurer", "funds_of_trust"), 0),
}
"""The facts of a transaction that counts in no limit. An `account` 0 of one that `counts` is not there yet."""


def limit_facts(books: Books, rules: RulePack, deal: Deal, *, on: int, seen: int) -> Mapping[str, Ints]:
    """The limits that a deal counts in on a day, each with its account and ceiling. Errors: RuleNotInForce."""
    scene = Scene(books.column, rules, on=on, seen=seen)
    sectors = [sector for _, sector in scene.bound_by(deal.body)]
    told = {
        "funds_of_insurer": any(sector is INSURERS for sector in sectors),
        "funds_of_trust": scene.world.business(deal.body) is Business.trust,
        "lasts": deal.exposes or deal.invests or (deal.sells and any(sector.assets for sector in sectors)),
    }
    if not told["lasts"]:
        return one(**{**NOTHING, **told})
    found = scene.limits(deal)
    lacking = next((each for each in found if each.most_fen is None), None)
    if lacking is not None:
        of, figures, day = lacking.wanted
        first, instead = figures[0], WANTED[figures[1]] if len(figures) > 1 else 0
        lacks = {"lacks_of": of, "lacks_figure": WANTED[first], "lacks_instead": instead, "lacks_on": day}
        return one(**{**NOTHING, **told, **lacks})
    taken_off = deal.covered_fen if any(sector.secured for sector in sectors) else 0
    return one(**{**NOTHING, **told, **_accounts(books, deal, found), "taken_off_fen": taken_off})


def _accounts(books: Books, deal: Deal, found: list[Limit]) -> dict[str, int]:
    held = {name: books.column(RELATED_USAGE, name) for name in ("line", "of", "beside", "account")}

    def account_of(line: int, of: int, beside: int) -> int:
        same = (held["line"] == line) & (held["of"] == of) & (held["beside"] == beside)
        places = np.flatnonzero(same & (held["account"] != 0))
        return int(held["account"][places[0]]) if len(places) else 0

    made = {"control_counts": 1, "control_account": account_of(CONTROL, 0, 0)} if found else {}
    for limit in found:
        account = account_of(limit.line, limit.of, limit.beside)
        booked = -int(books.posted(np.array([account]))[0]) if account else 0
        assert limit.most_fen is not None
        values = {
            "counts": 1,
            "account": account,
            "of": limit.of,
            "beside": limit.beside,
            "ceiling": max(0, limit.most_fen - (limit.used_fen - booked)),
            "fen": max(0, deal.amount_fen - deal.covered_fen) if limit.net else deal.amount_fen,
            "rule": RULES.index(limit.rule),
        }
        made |= {f"{limit.line.name}_{part}": value for part, value in values.items()}
    return made


def new_accounts(case: Case) -> list[str]:
    """What has no account yet of that which counts, in order; the control account first."""
    facts = case.facts
    return [name for name in NAMES if facts[f"{name}_counts"][0] and not facts[f"{name}_account"][0]]


def _account(case: Case, name: str) -> Ints:
    """An account by its number; 0 where a decision is looked back at whose account was not there."""
    new = new_accounts(case)
    if name not in new or not case.facts.next_account:
        return case.facts[f"{name}_account"]
    return np.array([case.facts.next_account + new.index(name)], np.int64)


def limit_faults(case: Case) -> dict[int, Invalid]:
    """A figure that a limit rests on is not recorded; what is forbidden anyhow is refused as such."""
    facts = case.facts
    if not facts["lacks_of"][0] or facts["bans"][0]:
        return {}
    figures = [FIGURES[int(facts[name][0])] for name in ("lacks_figure", "lacks_instead") if facts[name][0]]
    of, day = int(facts["lacks_of"][0]), int(facts["lacks_on"][0])
    field = next((name for name in ("body", "bought") if of == case.batch.integers(name)[0]), "party")
    when = f" at {day}" if day else ""
    by = "record_contribution" if facts["lacks_figure"][0] == PAID_IN else "record_body_figure"
    what = f"a body whose limit is known: {' or '.join(figures)} of body {of}{when}, by {by}"
    return {0: Invalid(field=field, value=int(case.batch.integers(field)[0]), constraint=what)}


def funds_faults(case: Case, deal: Deal) -> dict[int, Invalid]:
    """An insurer says into what its funds go, a trust company whose they are, and who is neither says nothing.

    Of an insurer asked of finance that it gives but guarantees, and of assets that it buys; a company of it likewise.
    Where it buys something behind which others stand the product is named, of which only so much may be bought.
    """
    facts, batch = case.facts, case.batch
    finance = deal.exposes and not deal.guarantee
    invests = bool(facts["funds_of_insurer"][0]) and (
        finance or (deal.sort is TransactionSort.asset_transfer and not deal.gives)
    )
    words = OF_TRUSTS if facts["funds_of_trust"][0] else OF_INSURERS if invests else frozenset({Funds.none})
    words -= {Funds.own_use} if invests and finance else frozenset()
    made: dict[int, Invalid] = {}
    if deal.funds not in words:
        what = ", ".join(word.value for word in Funds if word in words)
        made = {0: Invalid(field="funds", value=deal.funds.value, constraint=f"one of: {what}")}
    behind = bool(batch.integers("passes_on_to")[0]) or batch.values("product")[0] == Product.related_assets.value
    if deal.invests and invests and behind and not deal.product:
        made = {0: Invalid(field="bought", value=0, constraint="the product that is bought, a body"), **made}
    if deal.product and not deal.invests:
        made = {0: Invalid(field="bought", value=deal.product, constraint="0, but for what an insurer buys"), **made}
    return made


def limit_legs(case: Case, goes_on: Truths) -> Legs:
    """A leg for each limit that the transaction counts in, in order."""
    table, facts = LegTable(at=case.batch.at, reference=case.batch.position), case.facts
    for line in Line:
        table.add(
            where=goes_on & (facts[f"{line.name}_counts"] != 0),
            debit=_account(case, line.name),
            credit=_account(case, "control"),
            amount=facts[f"{line.name}_fen"],
            code=LimitLeg.used,
            ceiling=facts[f"{line.name}_ceiling"],
            rule=facts[f"{line.name}_rule"],
        )
    return table.build()


def exposed(decided: Decided, *, transaction: Ints, deal: Deal) -> list[Event]:
    """What is outstanding from now on, what a sector's limits ask of it, and the accounts that were opened for it."""
    case, accepted = decided.case, decided.accepted
    facts, batch = case.facts, case.batch
    told = _particulars(decided, transaction=transaction, deal=deal)
    if not facts["lasts"][0] or not accepted[0]:
        return told
    columns: dict[str, Any] = {
        "transaction": transaction,
        **{name: getattr(deal, name) for name in ("body", "reaches", "amount_fen")},
        "covered_fen": facts["taken_off_fen"],
        "guarantee": int(deal.guarantee),
        "booked_on": batch.on,
        **{line.name: _account(case, line.name) for line in FIRST_LINES},
        "position": batch.position,
    }
    ids = numbered(accepted, facts.next_ids[RELATED_EXPOSURE.name])
    return [
        *event(RELATED_EXPOSED, rows(accepted, id=ids, **columns)),
        *event(RELATED_USAGE_OPENED, _opened(case)),
        *event(RELATED_COUNTS, _counted(case, exposure=int(ids[0]))),
        *told,
    ]


def _particulars(decided: Decided, *, transaction: Ints, deal: Deal) -> list[Event]:
    asset = deal.sort is TransactionSort.asset_transfer
    values = (FUNDS_NUMBER[deal.funds], deal.product, LEFT_OUT_NUMBER[deal.left_out])
    if not any(values) and not (asset and decided.case.facts["lasts"][0]):
        return []
    columns: dict[str, Any] = dict(zip(("funds", "product", "left_out"), values, strict=True))
    ids = numbered(decided.accepted, decided.case.facts.next_ids[RELATED_PARTICULAR.name])
    place = {"transaction": transaction, "asset": int(asset), "position": decided.case.batch.position}
    return event(RELATED_PARTICULARS, rows(decided.accepted, id=ids, **columns, **place))


def _counted(case: Case, *, exposure: int) -> dict[str, list[int]]:
    """The accounts of further limits, a row each."""
    facts = case.facts
    lines = [line for line in FURTHER_LINES if facts[f"{line.name}_counts"][0]]
    start = facts.next_ids[RELATED_COUNTED.name]
    return {
        "id": list(range(start, start + len(lines))),
        "exposure": [exposure] * len(lines),
        "line": [int(line) for line in lines],
        "account": [int(_account(case, line.name)[0]) for line in lines],
        "position": [int(case.batch.position[0])] * len(lines),
    }


def _opened(case: Case) -> dict[str, list[int]]:
    new, facts = new_accounts(case), case.facts
    start = facts.next_ids[RELATED_USAGE.name]
    return {
        "id": list(range(start, start + len(new))),
        "line": [CONTROL if name == "control" else Line[name] for name in new],
        **{part: [int(facts[f"{name}_{part}"][0]) for name in new] for part in ("of", "beside")},
        "account": [int(_account(case, name)[0]) for name in new],
        "position": [int(case.batch.position[0])] * len(new),
    }
