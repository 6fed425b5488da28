"""The returns of the sample group's bodies whose accounts are elsewhere: invented, and no document is named.

Worked number, in tenths of a hundred million yuan: the bank owes the insurer 50 where the insurer shows 49, so 49 are
taken out of both and the one that is left is listed with both sides. Of what the lender has
there the bank shows the same to the fen.
"""

from collections.abc import Sequence
from typing import TypeAlias

from benyuan.simulate.group.bodies import BANK, BUREAU, FUNDS, HOLDING, INSURER, LENDER, PAYER

Row: TypeAlias = tuple[int, str, int, int]
"""Body, line, counterparty (0: others), amount: above nought to the debit, below to the credit."""
PERIOD = 20261031
TENTH = 1_000_000_000
"""A tenth of a hundred million yuan, in fen."""
DEPOSITS = -41_750
"""Of all others than the group's bodies with accounts elsewhere; the lender's among them until it is told."""
ROWS: Sequence[Row] = (
    *((HOLDING, "bank_deposits", BANK, 200), (HOLDING, "securities", 0, 1_404)),
    *((HOLDING, "investments", BANK, 500), (HOLDING, "investments", INSURER, 160), (HOLDING, "investments", FUNDS, 20)),
    *((HOLDING, "investments", PAYER, 40), (HOLDING, "investments", LENDER, 70)),
    (HOLDING, "investments", BUREAU, 6),
    *((HOLDING, "paid_in_capital", 0, -900), (HOLDING, "retained_earnings", 0, -1_500)),
    *((BANK, "cash", 0, 5_000), (BANK, "loans", 0, 36_000), (BANK, "bonds_held", 0, 7_000)),
    *((BANK, "customer_deposits", HOLDING, -200), (BANK, "customer_deposits", INSURER, -50)),
    *((BANK, "customer_deposits", 0, DEPOSITS), (BANK, "borrowings", 0, -2_000)),
    *((BANK, "paid_in_capital", 0, -800), (BANK, "retained_earnings", 0, -2_900), (BANK, "interest_income", 0, -1_200)),
    *((BANK, "interest_expense", 0, 600), (BANK, "administration", 0, 200), (BANK, "impairment", 0, 100)),
    *((INSURER, "bank_deposits", BANK, 49), (INSURER, "bonds_held", 0, 2_000), (INSURER, "securities", 0, 951)),
    *((INSURER, "insurance_reserves", 0, -2_400), (INSURER, "paid_in_capital", 0, -200)),
    *((INSURER, "retained_earnings", 0, -350), (INSURER, "premiums", 0, -600)),
    *((INSURER, "claims", 0, 450), (INSURER, "administration", 0, 100)),
    *((FUNDS, "cash", 0, 120), (FUNDS, "payables", 0, -40), (FUNDS, "paid_in_capital", 0, -20)),
    *((FUNDS, "retained_earnings", 0, -50), (FUNDS, "fee_income", 0, -60), (FUNDS, "administration", 0, 50)),
    *((BUREAU, "cash", 0, 11), (BUREAU, "paid_in_capital", 0, -10), (BUREAU, "fee_income", 0, -2)),
    (BUREAU, "administration", 0, 1),
)
HEAD = "body,period,line,counterparty,debit_fen,credit_fen"


def returns_file(*, lenders_fen: int = 0) -> str:
    """All of them as one CSV file. `lenders_fen`: of the bank's deposits the lender's, as the lender's book has it."""
    rows = [(*row[:3], row[3] * TENTH) for row in ROWS]
    rows.append((BANK, "customer_deposits", LENDER, -lenders_fen))
    of_others = rows.index((BANK, "customer_deposits", 0, DEPOSITS * TENTH))
    rows[of_others] = (BANK, "customer_deposits", 0, DEPOSITS * TENTH + lenders_fen)
    lines = [
        f"{body},{PERIOD},{line},{counterparty or ''},{max(fen, 0)},{max(-fen, 0)}"
        for body, line, counterparty, fen in rows
        if fen
    ]
    return "\n".join((HEAD, *lines, ""))
