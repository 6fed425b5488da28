"""A transaction with a related party is recorded, where nothing forbids it and whoever must has approved it.

Sources: PBoC Order [2023] No. 1, arts. 11, 12, 15, 16, 21, 23, 26 to 28, 37 to 39; PBoC Order [2020] No. 4, art. 36;
CBIRC Order 2022 No. 1, arts. 14, 16, 19 to 21, 23, 25, 26, 28, 30 to 33, 44, 45, 57. Order of checks: bans; an
agreement and a price with reasons; what may be left out; the house's own limits; an approval that stood on the day of
signing; then the ledger: what is outstanding with the party, its group and all (`limit_legs.py`). Worked number: of
net assets of 2,000,000,000.00 a loan of 20,000,000.00 is major and needs one; 19,999,999.99 is ordinary and goes to
the committee's file.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.decisions.words import text_faults, truths
from benyuan.governance.related.assessing import INSIDER, Assessed, Held, assessed
from benyuan.governance.related.chart import limit_accounts
from benyuan.governance.related.deal import Deal
from benyuan.governance.related.duties import Owed, after_signing, of_quarter, of_year
from benyuan.governance.related.grading import counted_fen
from benyuan.governance.related.house import House
from benyuan.governance.related.laws import HOLDING, INSURER, LAWS, base_day
from benyuan.governance.related.records import (
    PROPOSAL,
    RELATED_FRAMEWORK,
    RELATED_TRANSACTED,
    RELATED_TRANSACTION,
)
from benyuan.governance.related.vocabulary import (
    EXEMPTION_NUMBER,
    GROUND_NUMBER,
    SORT_NUMBER,
    Exemption,
    Funds,
    Grade,
    LeftOut,
    PriceBasis,
    Product,
    TransactionSort,
)
from benyuan.governance.related.world import world_of
from benyuan.rules import RulePack
from benyuan.usecases.common import (
    Count,
    Fen,
    Id,
    MaybeId,
    Memo,
    Yyyymmdd,
    day_exists,
    faults_where,
    no_such_day,
    numbered,
    rows,
)
from benyuan.usecases.group.dated_fact import body_need
from benyuan.usecases.related.limit_legs import (
    NOTHING,
    RULES,
    exposed,
    funds_faults,
    limit_facts,
    limit_faults,
    limit_legs,
    new_accounts,
)
from benyuan.usecases.related.set_house_limit import HOUSE
from benyuan.usecases.related.shared import by_order, no_order_faults, one, owes_already, raised, surveyed
from benyuan.usecases.related.sign_framework import decided as approval_figures

BANS = (
    *("fhc.ban.fi_to_fhc", "fhc.ban.pledge", "rpt.bank.no_own_share_pledge", "rpt.bank.guarantee"),
    *("rpt.trust.own", "rpt.trust.collective", "rpt.amc.unsecured"),
    *("rpt.bank.after_loss", "rpt.leasing.after_loss", "rpt.worst_grade"),
)
LEAVING_OUT = "rpt.bank.interbank"
NO_HOUSE = dict.fromkeys(("house_limit", "house_most_fen", "house_used_fen"), 0)
PRODUCTS = (HOLDING.number, INSURER.number)
"""The orders that count a product by its fee: Order [2023] No. 1, art. 15; Order 2022 No. 1, art. 18."""
NO_PRODUCT = "none, but where a holding company, a body under one or an insurer buys a product as finance that it gives"
PERIODS = 3
"""Duties of a period that one transaction may bring: two of its quarter, one of its year."""


@command("record_related_transaction", version=3)
class TransactionFields(Command, frozen=True, kw_only=True):
    """`body` and `party` have agreed on `signed_on` on a transaction of this `sort`; `body` `gives`, or takes.

    `guarantee`: whether finance is a guarantee, or the like. `covered_fen`: margin deposits, pledged deposit
    certificates and treasury bonds of the party.

    `passes_on_to`: who is reached through `party`, 0 where it is party itself. `product`: where a product of the party
    is bought, whether other related parties stand behind its assets; then `fee_fen`. `fair_value_fen`: of an asset, 0
    where nobody has said. `pledged`: the body whose shares are taken as security, 0 for none; `unsecured`: finance
    without security, as which it counts where nothing is said. `explanation`: why the price is fair, where it is so.

    `funds`: of an insurer into what its money goes, of a trust company whose it is; who is neither says none. `bought`:
    the product, a body, where an insurer's money goes through one. `left_out`: why credit of a bank stands in none of
    its limits, with the words of whoever said so (`left_out_because`). `lessens_loss`: it is to lessen a loss on the
    party, by an approval that it names.
    """

    body: Id
    party: Id
    sort: TransactionSort
    amount_fen: Fen
    guarantee: bool
    covered_fen: Count = 0
    signed_on: Yyyymmdd
    agreement: Memo = ""
    price_basis: PriceBasis
    explanation: Memo = ""
    gives: bool = True
    passes_on_to: MaybeId = 0
    product: Product = Product.none
    fee_fen: Count = 0
    fair_value_fen: Count = 0
    unsecured: bool = True
    pledged: MaybeId = 0
    exemption: Exemption = Exemption.none
    framework: MaybeId = 0
    approval: MaybeId = 0
    funds: Funds = Funds.none
    bought: MaybeId = 0
    left_out: LeftOut = LeftOut.none
    left_out_because: Memo = ""
    lessens_loss: bool = False
    invented: bool = False


def _no_purchase(case: Case) -> NDArray[np.bool_]:
    """A product is named where none is bought, or at a body whose order counts credit as it was agreed."""
    batch = case.batch
    bought = batch.equals("sort", TransactionSort.finance.value) & truths(batch, "gives") & ~truths(batch, "guarantee")
    bought &= np.isin(case.facts["law"], (0, *PRODUCTS))
    return np.asarray(~batch.equals("product", Product.none.value) & ~bought, np.bool_)


def _ragged(batch: Batch) -> NDArray[np.bool_]:
    """An agreement that is written with further blanks would count as another one."""
    texts = batch.values("agreement")
    return np.array([bool(text.strip()) and text != " ".join(text.split()) for text in texts], np.bool_)


def deal_of(batch: Batch) -> Deal:
    """The one command of a batch as a deal."""
    row = batch.row(0)
    sort = TransactionSort(row["sort"])
    return Deal(
        **{name: row[name] for name in ("body", "party", "signed_on", "framework", "approval", "pledged")},
        reaches=row["passes_on_to"] or row["party"],
        sort=sort,
        amount_fen=counted_fen(
            sort=sort,
            product=Product(row["product"]),
            **{name: row[name] for name in ("amount_fen", "fee_fen", "fair_value_fen")},
        ),
        agreement=int(batch.text_numbers("agreement")[0]),
        exemption=Exemption(row["exemption"]),
        gives=row["gives"],
        guarantee=row["guarantee"],
        covered_fen=row["covered_fen"],
        unsecured=row["unsecured"],
        funds=Funds(row["funds"]),
        product=row["bought"],
        left_out=LeftOut(row["left_out"]),
        lessens_loss=row["lessens_loss"],
    )


def _ban(rule: str) -> Gate:
    bit = 1 << BANS.index(rule)

    def passes(case: Case) -> NDArray[np.bool_]:
        return np.asarray((case.facts["bans"] & bit) == 0, np.bool_)

    def figures(case: Case, place: int) -> dict[str, Any]:
        return {name: int(case.batch.integers(name)[place]) for name in ("body", "party", "amount_fen")}

    return Gate(rule=rule, passes=passes, figures=figures)


def _sound_terms(case: Case) -> NDArray[np.bool_]:
    batch = case.batch
    unwritten = np.array([text.strip() == "" for text in batch.values("agreement")], np.bool_)
    unsaid = np.array([text.strip() == "" for text in batch.values("explanation")], np.bool_)
    unsaid &= batch.equals("price_basis", PriceBasis.explained.value)
    return np.asarray((case.facts["grade"] == Grade.unrelated) | ~(unwritten | unsaid), np.bool_)


def _related(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.facts["grade"] != Grade.unrelated, np.bool_)


TERMS = Gate(rule="fhc.rpt.terms", passes=_sound_terms, applies=_related)


def _leaves_out(case: Case) -> NDArray[np.bool_]:
    return np.asarray(~case.batch.equals("left_out", LeftOut.none.value), np.bool_)


def _may_leave_out(case: Case) -> NDArray[np.bool_]:
    return np.asarray(~_leaves_out(case) | (case.facts["left_out_fits"] != 0), np.bool_)


LEFT_OUT = Gate(rule=LEAVING_OUT, passes=_may_leave_out, applies=_leaves_out)


def _within_house(case: Case) -> NDArray[np.bool_]:
    facts = case.facts
    over = (facts["house_limit"] != 0) & (facts["counted_fen"] > facts["house_most_fen"] - facts["house_used_fen"])
    return np.asarray(~over, np.bool_)


def _house_figures(case: Case, place: int) -> dict[str, Any]:
    facts = case.facts
    named = {"limit_fen": "house_most_fen", "used_fen": "house_used_fen", "asked_fen": "counted_fen"}
    return {name: int(facts[of][place]) for name, of in {**named, "house_limit": "house_limit"}.items()}


HOUSE_GATE = Gate(
    rule=HOUSE,
    passes=_within_house,
    figures=_house_figures,
    applies=lambda case: np.asarray(case.facts["house_limit"] != 0, np.bool_),
)


def _covered(case: Case) -> NDArray[np.bool_]:
    enough = case.facts["approval_left_fen"] >= case.facts["counted_fen"]
    return np.asarray((case.facts["approved_by"] != 0) & enough, np.bool_)


def _approved(case: Case) -> NDArray[np.bool_]:
    return np.asarray((case.facts["grade"] != Grade.major) | _covered(case), np.bool_)


def _needs_approval(case: Case) -> NDArray[np.bool_]:
    return np.asarray((case.facts["grade"] == Grade.major) | _of_an_insider(case), np.bool_)


def _of_an_insider(case: Case) -> NDArray[np.bool_]:
    return np.asarray((case.facts["insider"] != 0) & (case.facts["grade"] == Grade.ordinary), np.bool_)


def _decided_on(case: Case) -> NDArray[np.bool_]:
    return np.asarray(~_of_an_insider(case) | _covered(case), np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    facts = case.facts
    named = {"asked_fen": "counted_fen", "base_fen": "base_fen", "agreement_fen": "deal_fen", "year_fen": "year_fen"}
    left = int(facts["approval_left_fen"][place])
    return {
        **{name: int(facts[of][place]) for name, of in named.items()},
        **approval_figures(case, place),
        **({"left_fen": left} if facts["approved_by"][place] else {}),
    }


INSIDER_GATE = Gate(rule=INSIDER, passes=_decided_on, figures=_figures, applies=_of_an_insider)


class RecordRelatedTransaction(UseCase):
    """Records and grades it; of one with somebody unrelated it keeps that it was, and counts it nowhere."""

    command = TransactionFields
    needs = (
        *(body_need(field) for field in ("body", "party", "passes_on_to", "pledged", "bought")),
        Need(table=PROPOSAL, by="approval", prefix="approved"),
        Need(table=RELATED_FRAMEWORK, by="framework", prefix="frame"),
    )
    gates = (*map(_ban, BANS), TERMS, LEFT_OUT, HOUSE_GATE, *by_order("approval", _approved, _figures), INSIDER_GATE)
    rules = RULES
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The assessment, as numbers."""
        del facts
        seen = int(batch.position[0])
        deal = deal_of(batch).as_known(books.column, seen=seen)

        def found() -> dict[str, NDArray[np.int64]]:
            told = assessed(books.column, rules, deal, seen=seen)
            owed = _periods(rules, told, deal)
            new = [not owes_already(books.column, body=deal.body, kind=each.kind, about=each.about) for each in owed]
            owes = one(**{f"owes_{place}": each for place, each in enumerate(new)})
            house = one(**_house(books, rules, told, deal, on=batch.on, seen=seen))
            return {**_numbers(deal, told), **owes, **house, **limit_facts(books, rules, deal, on=batch.on, seen=seen)}

        nothing = {**_numbers(deal, None), **one(**NOTHING), **one(**NO_HOUSE)}
        if not day_exists(deal.signed_on):
            return nothing, {}
        return surveyed(found, nothing=nothing)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Days that are; an order in force that binds the body; its figure; a framework and an exemption that fit."""
        batch, facts = case.batch, case.facts
        same = batch.integers("body") == batch.integers("party")
        unruled = np.asarray(facts["unruled"] != 0, np.bool_)
        day = int(facts["base_on"][0])
        what = f"net assets or net capital at {day}" if day else "registered capital"
        figure = f"a body whose {what} is recorded, by record_body_figure"
        shared = batch.equals("exemption", Exemption.shared_independent_director.value) & (facts["shared"] == 0)
        deposit = batch.equals("exemption", Exemption.demand_deposit.value)
        deposit &= ~batch.equals("sort", TransactionSort.other.value)
        no_finance = truths(batch, "guarantee") & ~batch.equals("sort", TransactionSort.finance.value)
        unreasoned = _leaves_out(case) & np.array([not text.strip() for text in batch.values("left_out_because")])
        free = batch.equals("product", Product.unrelated_assets.value) & (batch.integers("fee_fen") == 0)
        return {
            **text_faults(_no_purchase(case), batch, "product", NO_PRODUCT),
            **text_faults(_ragged(batch), batch, "agreement", "words with one blank between, as it is known by"),
            **faults_where(free, batch, "fee_fen", "the fee of the product, which is what counts (art. 15)"),
            **text_faults(no_finance, batch, "guarantee", "false, but for finance"),
            **limit_faults(case),
            **funds_faults(case, deal_of(batch)),
            **text_faults(unreasoned, batch, "left_out_because", "why it is left out, and who said so"),
            **text_faults(np.asarray(deposit, np.bool_), batch, "exemption", "no demand deposit, but for sort other"),
            **text_faults(shared, batch, "exemption", "one that fits: they share more than an independent director"),
            **faults_where(facts["frame_fits"] == 0, batch, "framework", "one of these two, of this sort and day"),
            **faults_where(facts["unmeasured"] != 0, batch, "body", figure),
            **no_order_faults(case),
            **faults_where(unruled, batch, "signed_on", "a day on which the orders on related parties are in force"),
            **faults_where(np.asarray(same, np.bool_), batch, "party", "another body than body"),
            **no_such_day(batch, "signed_on", until=batch.on),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """What it adds to what is outstanding."""
        return limit_legs(case, goes_on)

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """The usage accounts of limits that nothing has counted in before."""
        new = new_accounts(case) if goes_on[0] else []
        return limit_accounts(control="control" in new, usages=len(new) - ("control" in new))

    def record(self, decided: Decided) -> Recorded:
        """The transaction with its grade, what is outstanding by it, and what is owed of it."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[RELATED_TRANSACTION.name])
        passes_on = batch.integers("passes_on_to")
        columns = {
            **{name: batch.integers(name) for name in ("body", "party", "signed_on", "framework")},
            "reaches": np.where(passes_on != 0, passes_on, batch.integers("party")),
            "sort": batch.numbers("sort", SORT_NUMBER),
            "gives": truths(batch, "gives").astype(np.int64),
            "amount_fen": facts["counted_fen"],
            "agreement": batch.text_numbers("agreement"),
            "grade": facts["grade"],
            "exemption": batch.numbers("exemption", EXEMPTION_NUMBER),
            "approval": np.where(_needs_approval(case) | truths(batch, "lessens_loss"), batch.integers("approval"), 0),
            "law": facts["law"],
            "ground": facts["ground"],
            "invented": truths(batch, "invented").astype(np.int64),
            "position": batch.position,
        }
        columns["framework"] = np.where(facts["grade"] == Grade.framework, batch.integers("framework"), 0)
        owed = self._owed(case, int(ids[0])) if accepted.any() else []
        return Recorded(
            results={"transaction": ids, "grade": facts["grade"], "counted_fen": facts["counted_fen"]},
            events=[
                *event(RELATED_TRANSACTED, rows(accepted, id=ids, **columns)),
                *exposed(decided, transaction=ids, deal=deal_of(batch)),
                *raised(case, accepted, owed),
            ],
        )

    def _owed(self, case: Case, transaction: int) -> list[Owed]:
        facts, deal = case.facts, deal_of(case.batch)
        law, grade = LAWS[int(facts["law"][0])], int(facts["grade"][0])
        if grade == Grade.unrelated:
            return []
        periods = [*of_quarter(case.rules, law, on=deal.signed_on), *of_year(case.rules, law, on=deal.signed_on)]
        owed = [each for place, each in enumerate(periods) if facts[f"owes_{place}"][0]]
        if grade == Grade.major:
            owed += after_signing(case.rules, case.calendar, law, signed_on=deal.signed_on, about=transaction)
        return owed


def _house(books: Books, rules: RulePack, found: Assessed, deal: Deal, *, on: int, seen: int) -> dict[str, int]:
    """The limit of the house that is left least of, of those that speak of the deal."""
    if not found.related:
        return NO_HOUSE
    world = world_of(books.column, rules, on=on, seen=seen, law_on=on)
    held = Held(books.column, RELATED_TRANSACTION, seen=seen)
    met = House(books.column, world, held, on=on, seen=seen).met_by(deal)
    least = min(met, key=lambda each: each.most_fen - each.used_fen, default=None)
    if least is None:
        return NO_HOUSE
    return {"house_limit": least.number, "house_most_fen": least.most_fen, "house_used_fen": least.used_fen}


def _periods(rules: RulePack, found: Assessed, deal: Deal) -> list[Owed]:
    if found.law is None:
        return []
    return [*of_quarter(rules, found.law, on=deal.signed_on), *of_year(rules, found.law, on=deal.signed_on)]


def _numbers(deal: Deal, found: Assessed | None) -> dict[str, NDArray[np.int64]]:
    """The assessment as columns of facts; where no order is in force nothing but that."""
    nothing = {f"owes_{place}": 0 for place in range(PERIODS)}
    nothing |= dict.fromkeys(("ground", "base_fen", "deal_fen", "year_fen", "approved_by", "approval_left_fen"), 0)
    nothing |= {"counted_fen": deal.amount_fen, "duty_body": deal.body, "grade": Grade.unrelated, "bans": 0}
    nothing |= {"frame_fits": 1, "shared": 1, "unmeasured": 0, "base_on": 0, "left_out_fits": 1, "insider": 0}
    if found is None or found.law is None:
        return one(**nothing, law=0, unruled=found is None)
    graded = found.graded
    told = {
        "ground": GROUND_NUMBER[found.related[0].ground] if found.related else 0,
        "base_fen": found.base_fen or 0,
        "deal_fen": graded.deal_fen if graded else 0,
        "year_fen": graded.year_fen if graded else 0,
        "approved_by": found.approved_by,
        "approval_left_fen": found.approval_left_fen,
        "grade": found.grade,
        "bans": sum(1 << BANS.index(rule) for rule in found.bans),
        "frame_fits": deal.framework == 0 or found.framework_fits,
        "shared": found.only_shared_director,
        "insider": found.insider,
        "unmeasured": bool(found.related) and found.base_fen is None,
        "base_on": base_day(found.law, on=deal.signed_on),
        "left_out_fits": found.left_out_fits,
    }
    return one(**{**nothing, **told}, law=found.law.number, unruled=0)
