"""A small lender, closed every day, as the tests of its books use it.

Product 1 is pay-later (18.25% a year by act/365, statements on the 5th, due 10 days later), product 2 cash loans (12%,
late 24%, no grace). Account 1 of borrower 1 bought 300.00 on May 2nd and pays whole; account 2 of borrower 2 bought
500.00 and never pays. Loan 1 of borrower 1: 10,000.00 over three months from May 3rd, its first instalment paid in
time; loan 2 of borrower 3: 6,000.01 from May 5th, 30% of it the partner's, never paid, written off on July 12th,
1,000.00 recovered on the 16th. Loan 1's second instalment arrived on July 3rd and was put in its place on the 8th. All
days from May 1st to `LAST` are closed, each soon after midnight, in two shards.
"""

from typing import Any

from benyuan.assurance.lender_books.catching_up import close_through
from benyuan.decisions.commands import REGISTRY
from benyuan.simulate.identities import someone
from benyuan.values.dates import add_calendar_days, day_begins_at
from tests.unit.engine.groups import HOUR, Desk

BEGAN, LAST = 20260501, 20260720
EQUITY_FEN = 1_000_000_000
LINE_FEN = 5_000_000


def world(desk: Desk, *, last: int = LAST) -> Desk:
    """The lender with all that happens to it up to the end of a day, that day closed."""
    happens = _happens()
    day = BEGAN
    while day <= last:
        _at(desk, day, hours=9)
        for kind, fields in happens.get(day, ()):
            do(desk, kind, **fields)
        _at(desk, add_calendar_days(day, 1), hours=0)
        list(close_through(desk.group, lender=1, through=day, shards=2))
        day = add_calendar_days(day, 1)
    return desk


def do(desk: Desk, kind: str, **fields: Any) -> dict[str, int]:
    """One command that must be accepted; its results."""
    answer = desk.one(REGISTRY[kind](**fields))
    assert answer.accepted, (kind, answer.refusal, answer.invalid)
    return dict(answer.results)


def _at(desk: Desk, day: int, *, hours: int) -> None:
    desk.now = day_begins_at(day) + hours * HOUR + HOUR // 6


def _happens() -> dict[int, list[tuple[str, dict[str, Any]]]]:
    return {
        BEGAN: [*_lender(), *_borrowers()],
        20260502: [
            ("draw_purchase", {"account": 1, "amount_fen": 30_000}),
            ("draw_purchase", {"account": 2, "amount_fen": 50_000}),
        ],
        20260503: [
            ("offer_loan", _offer(borrower=1, amount_fen=1_000_000)),
            ("draw_loan", {"offer": 1, "purpose": "consumption"}),
        ],
        20260505: [
            ("offer_loan", _offer(borrower=3, amount_fen=600_001, first_due_on=20260605)),
            ("draw_loan", {"offer": 2, "purpose": "consumption", "partner": 1, "share_ppm": 300_000}),
        ],
        20260510: [("repay_account", {"account": 1, "amount_fen": 30_000})],
        20260603: [("repay_loan", {"loan": 1, "amount_fen": 340_077})],
        20260701: [("change_credit_line", {"account": 1, "line_fen": 100_000})],
        20260702: [("freeze_account", {"account": 2, "grounds": "late"})],
        20260708: [("repay_loan_earlier", {"loan": 1, "amount_fen": 340_077, "received_on": 20260703})],
        20260712: [("write_off_loan", {"loan": 2, "grounds": "gone abroad"})],
        20260716: [("recover_loan", {"loan": 2, "amount_fen": 100_000})],
    }


def _lender() -> list[tuple[str, dict[str, Any]]]:
    one: dict[str, Any] = {"lender": 1, "from_date": BEGAN}
    rates: dict[str, Any] = {"default_year_ppm": 50_000, "default_life_ppm": 100_000, "loss_ppm": 600_000}
    return [
        ("register_lender", {"name": "Benyuan Lending"}),
        (
            "set_lending_policy",
            one | {"risk_weight_ppm": 1_000_000, "conversion_ppm": 100_000, "most_draw_fen": LINE_FEN},
        ),
        ("record_lender_standing", one | {"holds": True, "number": "L1"}),
        ("record_lender_figures", one | {"tier1_fen": EQUITY_FEN, "net_capital_fen": EQUITY_FEN}),
        ("fund_lender", {"lender": 1, "source": "equity", "amount_fen": EQUITY_FEN}),
        ("set_loss_rate", one | rates | {"days_from": 0}),
        ("set_loss_rate", one | rates | {"days_from": 1, "default_year_ppm": 80_000}),
        ("make_credit_product", {"lender": 1, "kind_of_product": "pay_later"}),
        ("make_credit_product", {"lender": 1, "kind_of_product": "cash_loan"}),
        ("list_partner", {"lender": 1, "name": "Partner Bank", "lends": True}),
        (
            "publish_account_terms",
            {
                "product": 1,
                "from_date": BEGAN,
                "rate_ppm": 182_500,
                "statement_day": 5,
                "due_days": 10,
                "minimum_ppm": 100_000,
                "late_fee_ppm": 50_000,
            },
        ),
        (
            "publish_loan_terms",
            {
                "product": 2,
                "from_date": BEGAN,
                "method": "equal-instalment",
                "rate_ppm": 120_000,
                "late_rate_ppm": 240_000,
                "most_fen": LINE_FEN,
                "most_terms": 36,
            },
        ),
    ]


def _borrowers() -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    for number in (1, 2, 3):
        found.append(("register_borrower", {"lender": 1, **someone(number)}))
        income = {"monthly_fen": 10**9, "evidence": "e" * 64, "from_date": BEGAN}
        found.append(("record_income", {"borrower": number, **income}))
        found.append(("assess_borrower", {"borrower": number, "line_fen": LINE_FEN}))
    account = {"product": 1, "line_fen": 200_000}
    return [*found, *(("open_credit_account", account | {"borrower": number}) for number in (1, 2))]


def _offer(**fields: Any) -> dict[str, Any]:
    terms = {"product": 2, "term_count": 3, "rate_ppm": 120_000, "first_due_on": 20260603, "until": 20260510}
    return {**terms, "need_fen": LINE_FEN, **fields}
