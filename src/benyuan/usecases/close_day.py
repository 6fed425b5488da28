"""The close of a payment institution's day: the reserve reconciled, what falls due noted, patterns made cases.

Customer money, unsettled merchants and what is in transit tie to the reserve: by double entry reserve + owed in =
wallets + merchants + owed out + own money, and the custodian's statement must show the reserve that the book shows
(PBoC Order [2021] No. 1, arts. 4, 41). The reserve's movements are matched one by one with the statement's; what is
on one side only explains the difference, or leaves a rest that nothing explains. What is in transit is matched with
the clearing house's file transaction by transaction (`payments/clearing`). A difference is recorded and shows
as a breach; it refuses nothing. Money of sales that should have gone on does (`cp.house.exit.released`): it is the
makers'. With the last day of a month the return on it falls due (art. 46), with that of a year
the disclosure of its losses.
"""

from collections.abc import Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books, DayCommands
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import MONEY
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.payments.chart import AccountCode, Own
from benyuan.payments.clearing.closing import match_clearing
from benyuan.payments.clearing.events import facts_of, flows_of, matched_events, results_of
from benyuan.payments.disclosure import disclosure_due_on
from benyuan.payments.flows import OF_ACCOUNT, OF_INSTITUTION, OF_MERCHANT, OF_PERSON, OUT, day_flows
from benyuan.payments.idle import idle_wallets
from benyuan.payments.large_values import THRESHOLDS, due_on, large_values
from benyuan.payments.monitoring.cases import figures_of, new_cases, no_cases, split_over_days, standard_of
from benyuan.payments.monitoring.movements import movements_of, principals_of
from benyuan.payments.monitoring.patterns import marked_in
from benyuan.payments.monitoring.records import CASE_OPENED, SUSPICIOUS_CASE
from benyuan.payments.records import (
    CLOSED_DAY,
    DAY_CLOSED,
    DUTY,
    DUTY_AROSE,
    MERCHANT_BEGAN_TRADING,
    RESERVE_ENTRY,
    RESERVE_ENTRY_MATCHED,
    WALLET_WENT_IDLE,
)
from benyuan.payments.reserve_entries import match_entries
from benyuan.payments.reserve_return import return_due_on
from benyuan.payments.settlement import began_trading, overdue
from benyuan.payments.vocabulary import DutyKind
from benyuan.rules import RulePack
from benyuan.usecases.common import INSTITUTION_NEEDS, Count, Id, Yyyymmdd, day_exists, no_such_day, rows
from benyuan.usecases.protection.suitability.investment_flows import with_investments
from benyuan.usecases.protection.suitability.releases import ALL_RELEASED, release_facts
from benyuan.values.dates import add_calendar_days

LATEST = "acq.settle.latest_days"
NOBODY = (np.zeros(0, np.int64), np.zeros(0, np.int64))
RECONCILED_DAILY, CUSTODY = "reserve.reconcile.daily", "reserve.custody.ratio"


@command("close_day")
class Close(Command, frozen=True, kw_only=True):
    """Close `date` of `institution`; `statement_fen` is the reserve by the custodian's statement at its end."""

    institution: Id
    date: Yyyymmdd
    statement_fen: Count


def reconciled_daily(case: Case) -> NDArray[np.bool_]:
    """Every day is reconciled: after it is over, none twice, none left out since the first."""
    case.rules.value(id=RECONCILED_DAILY, on=case.batch.on)
    date, due = case.batch.integers("date"), case.facts["book_next_close"]
    passes: NDArray[np.bool_] = (date < case.batch.on) & ((due == 0) | (date == due))
    return passes


class CloseDay(UseCase):
    """Surveys the book and the day."""

    command = Close
    needs = INSTITUTION_NEEDS
    gates = (
        Gate(
            rule=RECONCILED_DAILY,
            passes=reconciled_daily,
            figures=lambda case, place: {
                "asked_on": int(case.batch.integers("date")[place]),
                "next_to_close_on": int(case.facts["book_next_close"][place]) or "any",
                "today_on": case.batch.on,
            },
        ),
        ALL_RELEASED,
    )
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Sums of the book by kind of account as `book_…`, the day to close next (0: any), what matched.

        What waits of investments, for whom they are made by or for the customer, counts with the merchants'.
        """
        institution, date = int(batch.integers("institution")[0]), int(batch.integers("date")[0])
        sums = books.sums(book=int(facts["institution_book"][0]), unit=MONEY, date=date)
        waits = AccountCode.investment_waiting
        by_kind = {code: sums.get(code, 0) for code in AccountCode if code is not waits}
        by_kind[AccountCode.merchant] += sums.get(waits, 0)
        columns = {f"book_{code.name}": np.full(len(batch), fen) for code, fen in by_kind.items()}
        closed = books.column(CLOSED_DAY, "date")[books.column(CLOSED_DAY, "institution") == institution]
        last = int(closed.max(initial=0))
        columns["book_next_close"] = np.full(len(batch), add_calendar_days(last, 1) if last else 0)
        matched = match_entries(partial(books.column, RESERVE_ENTRY), institution=institution, date=date)
        for name in ("only_in_book", "only_on_statement", "only_in_book_fen", "only_on_statement_fen"):
            columns[name] = np.full(len(batch), getattr(matched, name))
        first = int(facts["institution_first_account"][0])
        accounts = (first + Own.clearing_in, first + Own.clearing_out)
        in_turn = day_exists(date) and date < batch.on and (not last or date == add_calendar_days(last, 1))
        cleared = match_clearing(books, institution=institution, accounts=accounts, date=date if in_turn else 0)
        columns |= facts_of(cleared, count=len(batch))
        idle = idle_wallets(books, institution=institution, on=date)
        released = release_facts(books, rules, institution=institution, date=date)
        columns |= {name: np.full(len(batch), count) for name, count in released.items()}
        columns["idle_wallets"] = np.full(len(batch), len(idle))
        latest = rules.in_force(id=LATEST, on=date) if day_exists(date) else None
        day = with_investments(books.day(date), books)
        late, unpaid = overdue(books, institution=institution, date=date, days=latest.count) if latest else NOBODY
        return columns, {
            "matched_entry": matched.ids,
            "idle_wallet": idle,
            "trading_merchant": began_trading(books, institution=institution),
            "late_merchant": late,
            "late_fen": unpaid,
            **flows_of(cleared),
            **self._cases(books, day, rules, institution=institution, date=date, on=batch.on),
            **day_flows(day, books=books, institution=institution),
        }

    @staticmethod
    def _cases(
        books: Books, day: list[DayCommands], rules: RulePack, *, institution: int, date: int, on: int
    ) -> dict[str, NDArray[np.int64]]:
        """The cases to open, by the standards of the day of closing; none where the institution has set none."""
        threshold = rules.in_force(id=THRESHOLDS[OF_PERSON], on=date) if day_exists(date) else None
        number = standard_of(books, institution=institution, on=on)
        if not number or threshold is None:
            return no_cases()
        moves = movements_of(day, books=books, institution=institution)
        principals = principals_of(books)
        figures = figures_of(books, number)
        marked = marked_in(moves, figures, date=date, report_from_fen=threshold.fen, principals=principals)
        found = new_cases(books, moves, marked, institution=institution, standard=number)
        split = split_over_days(books, figures, institution=institution, date=date, report_from_fen=threshold.fen)
        if split is None:
            return found
        over_days = new_cases(books, split[0], [split[1]], institution=institution, standard=number)
        return {name: np.concatenate([column, over_days[name]]) for name, column in found.items()}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The date exists."""
        return no_such_day(case.batch, "date")

    def record(self, decided: Decided) -> Recorded:
        """The day's figures, and the duties that arise with it."""
        case, accepted = decided.case, decided.accepted
        facts, batch = case.facts, case.batch
        date = batch.integers("date")
        difference = batch.integers("statement_fen") - facts["book_reserve"]
        if accepted.all():
            case.rules.value(id=CUSTODY, on=int(date[0]))
        owed = -facts["book_wallet"] - facts["book_merchant"] - facts["book_clearing_out"]
        shortfall = np.maximum(owed - batch.integers("statement_fen") - facts["book_clearing_in"], 0)
        explained = facts["only_on_statement_fen"] - facts["only_in_book_fen"]
        closed = {
            "id": np.full(len(batch), facts.next_ids[CLOSED_DAY.name]),
            "institution": batch.integers("institution"),
            "date": date,
            "wallets_fen": -facts["book_wallet"],
            "merchants_fen": -facts["book_merchant"],
            "clearing_in_fen": facts["book_clearing_in"],
            "clearing_out_fen": -facts["book_clearing_out"],
            "own_fen": -facts["book_own_funds"] - facts["book_provision"],
            "fees_fen": -facts["book_fees"],
            "reserve_fen": facts["book_reserve"],
            "statement_fen": batch.integers("statement_fen"),
            "difference_fen": difference,
            "only_in_book_fen": facts["only_in_book_fen"],
            "only_on_statement_fen": facts["only_on_statement_fen"],
            "unexplained_fen": difference - explained,
            "shortfall_fen": shortfall,
        }
        matched = facts.flows["matched_entry"] if accepted.all() else np.zeros(0, np.int64)
        matches = {"id": matched.tolist(), "matched_on": np.repeat(date, len(matched)).tolist()}
        idle = facts.flows["idle_wallet"] if accepted.all() else np.zeros(0, np.int64)
        stood = {"id": idle.tolist(), "idle": np.repeat(batch.position, len(idle)).tolist()}
        traded = facts.flows["trading_merchant"] if accepted.all() else np.zeros(0, np.int64)
        began = {"id": traded.tolist(), "normal_since": np.repeat(date, len(traded)).tolist()}
        cleared = self._cleared(decided) if accepted.all() else []
        duties = self._duties(decided) if accepted.all() else {"id": []}
        cases = self._opened(decided) if accepted.all() else {"id": []}
        return Recorded(
            results={
                "difference_fen": difference,
                "only_in_book": facts["only_in_book"],
                "only_on_statement": facts["only_on_statement"],
                "unexplained_fen": difference - explained,
                "shortfall_fen": shortfall,
                **results_of(facts.columns),
                "idle_wallets": facts["idle_wallets"],
                "duties": np.full(len(batch), len(duties["id"])),
                "cases": np.full(len(batch), len(cases["id"])),
            },
            events=[
                *event(DAY_CLOSED, rows(accepted, **closed)),
                *event(RESERVE_ENTRY_MATCHED, matches),
                *cleared,
                *event(WALLET_WENT_IDLE, stood),
                *event(MERCHANT_BEGAN_TRADING, began),
                *event(DUTY_AROSE, duties),
                *event(CASE_OPENED, cases),
            ],
        )

    @staticmethod
    def _cleared(decided: Decided) -> list[Event]:
        """What is left of the matching with the clearing house's file."""
        batch, facts = decided.case.batch, decided.case.facts
        of = {"institution": int(batch.integers("institution")[0]), "date": int(batch.integers("date")[0])}
        return matched_events(facts.columns, facts.flows, facts.next_ids, position=int(batch.position[0]), **of)

    @staticmethod
    def _opened(decided: Decided) -> dict[str, list[int]]:
        """The cases of the day, for people to judge."""
        case = decided.case
        found = {name.removeprefix("case_"): flow for name, flow in case.facts.flows.items() if name[:5] == "case_"}
        count, on = len(found["subject"]), int(case.batch.integers("date")[0])
        columns = found | {
            "id": np.arange(count) + case.facts.next_ids[SUSPICIOUS_CASE.name],
            "institution": np.full(count, case.batch.integers("institution")[0]),
            "happened_on": np.full(count, on),
            "opened_on": np.full(count, case.batch.on),
        }
        columns |= {name: np.zeros(count, np.int64) for name in ("verdict", "judged_on", "duty")}
        return {name: column.tolist() for name, column in columns.items()}

    @staticmethod
    def _duties(decided: Decided) -> dict[str, list[int]]:
        """A duty for each large value, due in working days; for each merchant paid too late, due at once; for a month.

        The return on a month that ends is the institution's own, and its amount is the reserve at the end. With a year
        its losses are to be made public.
        """
        case = decided.case
        on, institution = int(case.batch.integers("date")[0]), case.batch.integers("institution")
        large, late = large_values(case, on=on), case.facts.flows["late_merchant"]
        month_due = return_due_on(case, closed=on)
        year_due = disclosure_due_on(case, closed=on)
        reports, months, years = len(large.subject), int(month_due != 0), int(year_due != 0)
        counts = [reports, len(late), months, years]
        kinds = [DutyKind.large_value_report, DutyKind.settlement_overdue, DutyKind.reserve_return]
        kinds += [DutyKind.loss_disclosure]
        subjects = [OF_MERCHANT, OF_INSTITUTION, OF_INSTITUTION]
        nothing = np.zeros(months + years, np.int64)
        columns = {
            "id": np.arange(sum(counts)) + case.facts.next_ids[DUTY.name],
            "kind": np.repeat(kinds, counts),
            "institution": np.repeat(institution, sum(counts)),
            "subject_kind": np.concatenate([large.subject_kind, np.repeat(subjects, counts[1:])]),
            "subject": np.concatenate([large.subject, late, np.repeat(institution, months + years)]),
            "direction": np.concatenate([large.direction, np.full(len(late), OUT), nothing]),
            "sort": np.concatenate([large.sort, np.full(len(late), OF_ACCOUNT), nothing]),
            "amount_fen": np.concatenate(
                [
                    large.amount_fen,
                    case.facts.flows["late_fen"],
                    np.repeat(case.facts["book_reserve"], months),
                    np.zeros(years, np.int64),
                ]
            ),
            "arose_on": np.full(sum(counts), on),
            "due_on": np.repeat([due_on(case, completed_on=on) if reports else 0, on, month_due, year_due], counts),
            "done_on": np.zeros(sum(counts), np.int64),
        }
        return {name: column.tolist() for name, column in columns.items()}
