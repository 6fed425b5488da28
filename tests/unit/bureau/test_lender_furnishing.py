"""The lender furnishes after a close: statuses by days, ends of arrears, notices, consents; nothing twice."""

import numpy as np
import pytest

from benyuan.assurance.bureau.lender_furnishing import LenderFurnished, furnish_lender, untold
from benyuan.assurance.bureau.lender_months import _stand, lender_months
from benyuan.consumer_finance.vocabulary import Standing
from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.vocabulary import STATUS_NUMBER
from benyuan.values.dates import add_calendar_days
from tests.unit.bureau.bureaus import FURNISHING, LENDER, Bureau, check_verified, found_bureau
from tests.unit.engine.dated import moment
from tests.unit.lending.accounts import lender_in_town, purchase
from tests.unit.lending.lenders import OFFER, Lender

WORDS = list(STATUS_NUMBER)
LINE = 500_000


class Both:
    """A lender with accounts 1 and 2 of two people, and the bureau to which it furnishes as member 2."""

    def __init__(self, *, consents: tuple[int, ...] = (1, 2)) -> None:
        self.lender: Lender = lender_in_town()
        self.bureau: Bureau = found_bureau(self.lender.desk)
        self.group = self.lender.group
        for person in consents:
            self.bureau.consent(person, member=LENDER, starts_on=20260401, **FURNISHING)

    def close(self, day: int) -> None:
        self.lender.close(through=day, on=add_calendar_days(day, 1), time="00:10")

    def furnish(self, day: int, *, at: int | None = None) -> LenderFurnished:
        """The morning after a day, which is closed."""
        when = max(moment(add_calendar_days(day, 1), "08:00"), self.group.last_at)
        return furnish_lender(self.group, bureau=1, member=LENDER, lender=1, date=day, at=at or when)

    def tell(self, day: int) -> None:
        loans, accounts = untold(self.group, lender=1, date=day)
        for name, ids in (("loan", loans), ("account", accounts)):
            for number in ids:
                on = add_calendar_days(day, 1)
                self.lender.do("tell_arrears", on=on, time="08:00", means="message", words="w", **{name: number})

    def months(self, account: int) -> dict[int, dict[str, int]]:
        """The months of an account at the bureau, by month."""
        found = self.group.pages.read(MONTH, [account]).records
        names = MONTH.dtype.names or ()
        return {int(row["month"]): {name: int(row[name]) for name in names} for row in found}

    def statuses(self, account: int) -> dict[int, str]:
        return {month: WORDS[row["status"]] for month, row in self.months(account).items()}


@pytest.mark.parametrize(
    ("days", "status"), [(0, "N"), (1, "1"), (30, "1"), (31, "2"), (180, "6"), (181, "7"), (999, "7")]
)
def test_the_status_by_days(days: int, status: str) -> None:
    records = np.zeros(1, MONTH.dtype)
    late = np.array([days > 0])
    measures = {"days_overdue": np.array([days])}
    _stand(records, measures, late=late, owed=np.array([7]), standing=np.array([int(Standing.open)]))
    assert WORDS[records["status"][0]] == status
    assert (records["overdue_fen"][0] > 0) == (days > 0)


@pytest.mark.parametrize(("due_on", "days", "status"), [(20260501, 30, "1"), (20260430, 31, "2"), (20260530, 1, "1")])
def test_a_loan_that_is_so_late_at_the_end_of_may(due_on: int, days: int, status: str) -> None:
    both = Both()
    offer = both.lender.do("offer_loan", on=20260402, **{**OFFER, "first_due_on": due_on})["offer"]
    both.lender.do("draw_loan", offer=offer, purpose="travel")
    both.close(20260531)
    rows = lender_months(both.group, lender=1, date=20260531)
    place = rows.lines.number.index("loan 1")
    assert WORDS[rows.records["status"][place]] == status
    assert rows.records["due_on"][place] == due_on
    assert days == (moment(20260531) - moment(due_on)) // 86_400_000_000


def test_what_fell_due_in_the_month_and_what_was_paid_of_it() -> None:
    both = Both()
    purchase(both.lender, on=20260403, amount_fen=100_000)
    both.close(20260420)
    both.lender.do("repay_account", on=20260421, account=1, amount_fen=60_000)
    both.lender.do("repay_account", on=20260425, account=1, amount_fen=40_000)
    purchase(both.lender, on=20260426, amount_fen=30_000)
    both.close(20260430)
    assert both.furnish(20260430).months == 2
    april = both.months(1)[202604]
    assert {name: april[name] for name in ("due_on", "due_fen", "paid_fen", "paid_on", "limit_fen", "balance_fen")} == {
        "due_on": 20260428,
        "due_fen": 100_000,
        "paid_fen": 100_000,
        "paid_on": 20260425,
        "limit_fen": LINE,
        "balance_fen": 30_000,
    }
    assert both.statuses(1) == {202604: "N"}
    assert both.statuses(2) == {202604: "*"}
    check_verified(both.bureau)


def late_in_april(both: Both) -> None:
    purchase(both.lender, on=20260403, amount_fen=100_000)
    both.close(20260430)


def test_arrears_of_which_nobody_was_told_are_held_back_until_they_are_told() -> None:
    both = Both()
    late_in_april(both)
    first = both.furnish(20260430)
    assert (first.accounts, first.months, first.untold, first.turned_away) == (2, 1, 1, 0)
    assert both.statuses(1) == {}
    assert untold(both.group, lender=1, date=20260430) == ([], [1])
    both.tell(20260430)
    again = both.furnish(20260430)
    assert (again.accounts, again.months, again.untold) == (0, 1, 0)
    told = both.months(1)[202604]
    assert (WORDS[told["status"]], told["notified_on"], told["due_on"]) == ("1", 20260501, 20260428)
    assert told["notice"] > 0
    assert both.furnish(20260430).months == 0
    assert len(both.group.pages.read(MONTH, [2]).records) == 1
    check_verified(both.bureau)


def test_the_day_on_which_arrears_ended_and_a_notice_for_those_that_come_anew() -> None:
    both = Both()
    late_in_april(both)
    both.tell(20260430)
    both.furnish(20260430)
    both.close(20260511)
    both.lender.do("repay_account", on=20260512, account=1, amount_fen=20_000)
    both.close(20260531)
    may = both.furnish(20260531)
    assert (may.months, may.untold) == (1, 1)
    both.tell(20260531)
    assert both.furnish(20260531).months == 1
    row = both.months(1)[202605]
    assert (WORDS[row["status"]], row["ended_on"], row["due_on"]) == ("1", 20260512, 20260528)
    both.close(20260601)
    both.lender.do("repay_account", on=20260602, account=1, amount_fen=100_000)
    both.close(20260630)
    both.furnish(20260630)
    june = both.months(1)[202606]
    assert (june["ended_on"], june["notified_on"], june["overdue_fen"]) == (20260602, 0, 0)
    check_verified(both.bureau)


def test_one_notice_covers_arrears_that_go_on() -> None:
    both = Both()
    late_in_april(both)
    both.tell(20260430)
    both.furnish(20260430)
    both.close(20260531)
    assert untold(both.group, lender=1, date=20260531) == ([], [])
    assert both.furnish(20260531).untold == 0
    assert both.statuses(1) == {202604: "1", 202605: "2"}


def test_months_at_the_end_of_a_month_alone_and_accounts_each_day() -> None:
    both = Both()
    both.close(20260402)
    assert both.furnish(20260402) == LenderFurnished(
        date=20260402, accounts=2, months=0, unconsented=0, untold=0, turned_away=0
    )
    both.close(20260403)
    assert both.furnish(20260403).accounts == 0
    both.close(20260430)
    assert (both.furnish(20260430).accounts, both.furnish(20260430).months) == (0, 0)
    assert both.statuses(1) == {202604: "*"}


def test_who_has_not_consented_is_not_furnished_until_they_do() -> None:
    both = Both(consents=(1,))
    both.close(20260401)
    assert (both.furnish(20260401).accounts, both.furnish(20260401).unconsented) == (1, 1)
    both.close(20260430)
    assert both.furnish(20260430).months == 1
    both.bureau.on = 20260502
    both.bureau.consent(2, member=LENDER, starts_on=20260401, **FURNISHING)
    both.close(20260531)
    done = both.furnish(20260531)
    assert (done.accounts, done.unconsented, done.months) == (1, 0, 2)


def test_a_consent_that_has_run_out_is_none() -> None:
    both = Both(consents=())
    both.bureau.consent(1, member=LENDER, starts_on=20260401, **{**FURNISHING, "expires_on": 20260410})
    both.close(20260430)
    assert (both.furnish(20260430).accounts, both.furnish(20260430).unconsented) == (0, 2)


def test_after_a_revocation_months_go_on_under_a_newer_consent() -> None:
    both = Both()
    both.close(20260430)
    assert both.furnish(20260430).months == 2
    both.bureau.on = 20260502
    both.bureau.do("revoke_consent", consent=1)
    both.close(20260531)
    stopped = both.furnish(20260531)
    assert (stopped.months, stopped.unconsented, stopped.turned_away) == (1, 1, 1)
    both.bureau.on = 20260605
    newer = both.bureau.consent(1, member=LENDER, starts_on=20260601, **FURNISHING)
    both.close(20260630)
    assert (both.furnish(20260630).accounts, both.furnish(20260630).months) == (1, 0)
    assert both.bureau.of("bureau_account", 1)["consent"] == newer
    assert list(both.statuses(1)) == [202604, 202606]
    check_verified(both.bureau)


def test_a_closed_account_is_furnished_once_more() -> None:
    both = Both()
    both.close(20260430)
    both.furnish(20260430)
    both.lender.do("close_credit_account", on=20260502, account=2)
    both.close(20260630)
    assert both.furnish(20260531).months == 2
    assert both.furnish(20260630).months == 1
    assert both.statuses(2) == {202604: "*", 202605: "C"}
    check_verified(both.bureau)


def test_a_day_that_is_not_closed() -> None:
    both = Both()
    both.close(20260403)
    with pytest.raises(ValueError, match="a day that is closed"):
        both.furnish(20260404)
