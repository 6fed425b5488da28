"""A loan is drawn on an offer, whole or its first part; alone or together with a partner, with or without a guarantor.

Order of checks: the lender's licence; the product's place on the register; the rate was shown; the cost sheet was
shown to this borrower, long enough ago and not too long, and is confirmed; the key facts were confirmed; the purpose is
neither housing nor a car (Order 2024 No. 4, art. 3), nor what no internet loan is for (Order 2020 No. 9), nor what else
the house bars; nothing is taken off in advance (Order 2022 No. 9, art. 28); the money goes to the borrower's bank
account or straight to the merchant; the partner lends by licence and holds its least share, the guarantor guarantees by
licence; a student's second source stands; the income carries it with what has been drawn since the offer (Order 2024
No. 4 arts. 18, 42); who is a related party, or draws with a related partner, has the approval that it needs; then the
ledger: line, capital and leverage, one partner, all joint loans, all guaranteed ones.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.borrowers import SECOND_SOURCE_STANDS
from benyuan.consumer_finance.chains import Chains
from benyuan.consumer_finance.chart import LenderLeg, LenderOwn, PartnerOwn, ProductOwn
from benyuan.consumer_finance.columns import Ints, Truths, taken
from benyuan.consumer_finance.cost_sheet import of_offer, sheet_gates
from benyuan.consumer_finance.disclosure import RATE_SHOWN
from benyuan.consumer_finance.drawing import DRAW_GATES, first_state
from benyuan.consumer_finance.licence import LENDS_BY_LICENCE, licence_need
from benyuan.consumer_finance.limits import JOINT_RULES, LINE, RATIO_RULES, LoanLegs
from benyuan.consumer_finance.reading import loan_terms
from benyuan.consumer_finance.records import (
    BORROWER,
    CLOSED_PART,
    LENDER,
    LENDER_FIGURES,
    LENDER_POLICY,
    LOAN,
    LOAN_DRAWN,
    LOAN_MOVED,
    LOAN_STEP,
    LOAN_STEPPED,
    LOAN_TERMS,
    OFFER,
    OFFER_ACCEPTED,
    PARTNER,
    PRODUCT,
)
from benyuan.consumer_finance.rounding import share_of
from benyuan.consumer_finance.sheets_shown import last_shown
from benyuan.consumer_finance.vocabulary import Destination, LoanStep, Purpose
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable, Proposals
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, MaybeId, faults_where, numbered, rows
from benyuan.usecases.lending.capacity import burden, capacity_gates, income_need
from benyuan.usecases.lending.coming_due import add_payments, months_due
from benyuan.usecases.lending.facts_read import OFFER_FACTS_READ, OFFER_READ
from benyuan.usecases.lending.publish_loan_terms import MaybeLoanFen
from benyuan.usecases.lending.schedules import Asked
from benyuan.usecases.lending.set_lending_policy import SharePpm
from benyuan.usecases.lending.shared import Digest, last_closed
from benyuan.usecases.on_shelf import CREDIT_APPROVED, credit_on_shelf, suspended_faults
from benyuan.usecases.related.acts import LOANS
from benyuan.usecases.related.joint_gate import JOINT_GATES, asked_of_partners, both
from benyuan.usecases.related.posting_gate import TIED_GATES, asked_of_tied, cut_at_tied, of_borrower, tied_faults


@command("draw_loan", version=3)
class LoanDraw(Command, frozen=True, kw_only=True):
    """Draw the loan of `offer`: all of it, or `amount_fen` where the product is drawn in parts.

    `paid_out_fen` is what really goes out, 0 for all. Of a joint loan `partner` holds `share_ppm`; `guarantor` is a
    partner too, 0 for none. `cost_sheet`: the digest of the sheet of costs that was shown and is confirmed.
    """

    offer: Id
    purpose: Purpose
    destination: Destination = Destination.bank_account
    amount_fen: MaybeLoanFen = 0
    paid_out_fen: MaybeLoanFen = 0
    partner: MaybeId = 0
    share_ppm: SharePpm = 0
    guarantor: MaybeId = 0
    cost_sheet: Digest = ""
    rate_shown: bool = True


class DrawLoan(UseCase):
    """Decides draws in columns; two of one offer or one borrower wait for one another: both ask what income carries."""

    command = LoanDraw
    needs = (
        Need(table=OFFER, by="offer", prefix="offer"),
        Need(table=BORROWER, by="offer_borrower", prefix="borrower"),
        Need(table=PRODUCT, by="offer_product", prefix="product"),
        Need(table=LENDER, by="product_lender", prefix="lender"),
        licence_need("product_lender"),
        Need(table=LENDER_FIGURES, by="product_lender", prefix="figures"),
        Need(table=LENDER_POLICY, by="product_lender", prefix="policy"),
        Need(table=LOAN_TERMS, by="offer_terms", prefix="terms"),
        Need(table=PARTNER, by="partner", prefix="partner"),
        Need(table=PARTNER, by="guarantor", prefix="guarantor"),
        *credit_on_shelf("offer_product"),
        income_need("offer_borrower"),
        *OFFER_READ,
    )
    gates = (
        LENDS_BY_LICENCE,
        *CREDIT_APPROVED,
        RATE_SHOWN,
        *sheet_gates(of_offer),
        OFFER_FACTS_READ,
        *DRAW_GATES,
        SECOND_SOURCE_STANDS,
        *capacity_gates(),
        *TIED_GATES,
        *JOINT_GATES,
    )
    rules = (LINE, *RATIO_RULES, *JOINT_RULES)
    surveys = True
    alone = False
    shared = (("offer", OFFER, "borrower"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether an offer was taken up is shared by its draws."""
        return (batch.integers("offer"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """All loans of each lender at its latest close; the borrower's dearest month with the offer; the sheet."""
        lenders, borrowers = facts["product_lender"], facts["offer_borrower"]
        known = {lender: closed_loans(books, lender) for lender in np.unique(lenders).tolist()}
        closed = {"closed_loans_fen": np.array([known[lender] for lender in lenders.tolist()], np.int64)}
        names = ("amount_fen", "rate_ppm", "term_count", "first_due_on")
        figures = {name: facts[f"offer_{name}"] for name in names}
        due = months_due(books, borrowers, on=batch.on)
        add_payments(due, Asked(on=batch.on, figures=figures, facts=facts, prefix="terms").payments(), on=batch.on)
        carried = burden(batch, due=due, borrowers=borrowers, books=books, rules=rules)
        asked = of_borrower(facts, borrowers, what=LOANS, fen=_drawn_of(batch, facts))
        theirs = share_of(_drawn_of(batch, facts), batch.integers("share_ppm"))
        partners = asked_of_partners(batch, facts, books, rules, theirs=theirs)
        tied, cuts = both(asked_of_tied(batch, books, rules, asked, together=not partners[0]), partners)
        return closed | last_shown(batch, books, borrowers) | carried | tied, cuts

    def decide(self, case: Case) -> Proposals:
        """A batch is cut where what related customers ask does not pass at once."""
        cut_at_tied(case)
        return super().decide(case)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The offer still holds and was not taken up; partner and guarantor are on the lender's list."""
        batch, facts = case.batch, case.facts
        part = batch.integers("amount_fen")
        in_part = (part != 0) & (part != facts["offer_amount_fen"])
        alone = (batch.integers("share_ppm") == 0) != (batch.integers("partner") == 0)
        return {
            **tied_faults(case, field="offer"),
            **_unlisted(case, "guarantor"),
            **_unlisted(case, "partner"),
            **faults_where(np.asarray(alone, np.bool_), batch, "share_ppm", "above 0 with a partner, 0 without one"),
            **faults_where(part > facts["offer_amount_fen"], batch, "amount_fen", "no more than was offered"),
            **faults_where(
                np.asarray(in_part & (facts["terms_in_parts"] == 0), np.bool_),
                batch,
                "amount_fen",
                "all that was offered: the product is not drawn in parts",
            ),
            **faults_where(facts["borrower_frozen"] != 0, batch, "offer", "an offer to a borrower who is not frozen"),
            **suspended_faults(case, field="offer"),
            **faults_where(facts["offer_until"] < batch.on, batch, "offer", "an offer that has not run out"),
            **faults_where(facts["offer_first_due_on"] <= batch.on, batch, "offer", "an offer not due already"),
            **faults_where(facts["offer_accepted"] != 0, batch, "offer", "an offer that was not taken up"),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Each lender's part into its own book, the whole out through clearing; and a leg for each limit."""
        batch, amount = case.batch, drawn_fen(case)
        theirs = share_of(amount, batch.integers("share_ppm"))
        guaranteed = batch.integers("guarantor") != 0
        return draw_legs(case, goes_on, amount=amount, theirs=theirs, guaranteed=guaranteed, rules=self.rules)

    def record(self, decided: Decided) -> Recorded:
        """The loan and its first step."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[LOAN.name])
        columns: dict[str, Any] = {
            "id": ids,
            "lender": facts["product_lender"],
            "borrower": facts["offer_borrower"],
            "product": facts["offer_product"],
            "terms": facts["offer_terms"],
            "rate_ppm": facts["offer_rate_ppm"],
            "first_due_on": facts["offer_first_due_on"],
            "drawn_on": batch.on,
            "partner": batch.integers("partner"),
            "share_ppm": batch.integers("share_ppm"),
            "guarantor": batch.integers("guarantor"),
            "account": 0,
            "offer": batch.integers("offer"),
            "term_count": facts["offer_term_count"],
            "last_step": 0,
        }
        places = np.flatnonzero(accepted)
        terms = loan_terms(facts, rate_ppm=facts["offer_rate_ppm"], first_due_on=facts["offer_first_due_on"])
        state = first_state(
            taken(terms, places),
            on=np.full(len(places), batch.on),
            amount_fen=drawn_fen(case)[places],
            terms_count=facts["offer_term_count"][places],
        )
        chains = Chains(
            owner="loan",
            owners=ids[places],
            last=np.zeros(len(places), np.int64),
            position=batch.position[places],
            next_id=facts.next_ids[LOAN_STEP.name],
        )
        if len(places):
            chains.add(
                place=np.arange(len(places)),
                on=np.full(len(places), batch.on),
                kind=LoanStep.drawn,
                amount_fen=drawn_fen(case)[places],
                state=state,
            )
        level = np.zeros(len(batch), np.int64)
        level[places] = state.level_fen
        return Recorded(
            results={"loan": ids, "amount_fen": drawn_fen(case), "level_fen": level},
            events=[
                *event(LOAN_DRAWN, rows(accepted, **columns)),
                *chains.events(stepped=LOAN_STEPPED, moved=LOAN_MOVED),
                *event(OFFER_ACCEPTED, rows(accepted, id=batch.integers("offer"), accepted=batch.position)),
            ],
        )


def draw_legs(
    case: Case, goes_on: Truths, *, amount: Ints, theirs: Ints, guaranteed: Truths, rules: tuple[str, ...]
) -> Legs:
    """The legs of `amount` that is drawn, of which `theirs` is the partner's; `rules` are those of the use case."""
    facts = case.facts
    own, partner = facts["lender_first_account"], facts["partner_first_account"]
    table = LegTable(at=case.batch.at, reference=case.batch.position)
    ours = table.add(
        where=goes_on,
        debit=facts["product_first_account"] + ProductOwn.principal,
        credit=own + LenderOwn.clearing_out,
        amount=amount - theirs,
        code=LenderLeg.draw,
    )
    limits = LoanLegs(case=case, table=table, rules=rules)
    limits.count_line_amount(where=goes_on, amount=amount, ceiling=facts["borrower_line_fen"])
    limits.count_ratios(where=goes_on, follows=ours)
    joint = goes_on & (theirs > 0)
    table.add(
        where=joint,
        debit=partner + PartnerOwn.settlement,
        credit=own + LenderOwn.clearing_out,
        amount=theirs,
        code=LenderLeg.partner_part,
    )
    table.add(
        where=joint,
        debit=partner + PartnerOwn.principal,
        credit=partner + PartnerOwn.lender,
        amount=theirs,
        code=LenderLeg.draw,
    )
    limits.count_joint(where=joint, follows=ours, partner_usage=partner + PartnerOwn.balance_usage)
    limits.count_guaranteed(where=goes_on & guaranteed, amount=amount)
    return table.build()


def drawn_fen(case: Case) -> Ints:
    """What each draw asks for."""
    return _drawn_of(case.batch, case.facts.columns)


def _drawn_of(batch: Batch, facts: Mapping[str, Ints]) -> Ints:
    asked, offered = batch.integers("amount_fen"), facts["offer_amount_fen"]
    return np.where(asked == 0, offered, asked)


def closed_loans(books: Books, lender: int) -> int:
    """The lender's own part of all loans at its latest day that is closed with all its shards; 0 before the first."""
    own = (
        (books.column(CLOSED_PART, "lender") == lender)
        & (books.column(CLOSED_PART, "date") == last_closed(books, lender))
        & (books.column(CLOSED_PART, "partner") == 0)
    )
    return int(books.column(CLOSED_PART, "principal_fen")[own].sum())


def _unlisted(case: Case, field: str) -> dict[int, Invalid]:
    """A fault for each partner that is not on the lender's list on the day."""
    facts, named = case.facts, case.batch.integers(field) != 0
    until = facts[f"{field}_listed_until"]
    gone: Truths = (until != 0) & (until < case.batch.on)
    others = facts[f"{field}_lender"] != facts["product_lender"]
    return faults_where(np.asarray(named & (gone | others), np.bool_), case.batch, field, "a partner on the list")
