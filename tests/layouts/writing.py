"""Write a small store with whatever release stands on the path: how the stores beside this file were written.

    PYTHONPATH=an-older-release/src python write.py lender group.db

It is run by releases that know less than this one, so it imports little, and leaves out the fields that they have not.
"""

import datetime as dt
import inspect
import sys
from typing import Any

import benyuan.app
from benyuan.decisions.commands import REGISTRY, Request
from benyuan.simulate.identities import credit_code, someone

CHINA = dt.timezone(dt.timedelta(hours=8))
FIRST = 20260401
PERSON = {name: someone(1)[name] for name in ("document", "number", "full_name")}
CONSENT: dict[str, Any] = {"member": 1, "purpose": "loan", "times": 2, "fetch": "periodic", "evidence": "0" * 64}
POLICY: dict[str, Any] = {"risk_weight_ppm": 1_000_000, "conversion_ppm": 0, "most_draw_fen": 20_000_000}
FIGURES: dict[str, Any] = {"tier1_fen": 10**9, "net_capital_fen": 10**9}
RATES: dict[str, Any] = {"default_year_ppm": 20_000, "default_life_ppm": 50_000, "loss_ppm": 600_000}
MONTHLY: dict[str, Any] = {"method": "equal-instalment", "late_rate_ppm": 360_000, "day_count": "30/360"}
STATED: dict[str, Any] = {"statement_day": 8, "due_days": 20, "minimum_ppm": 100_000, "late_fee_ppm": 50_000}
SHOWN: dict[str, Any] = {"cost_sheet_confirmed": True, "rate_shown": True}
MONITORING: dict[str, Any] = {
    "structuring_count": 3,
    "structuring_share_ppm": 900_000,
    "chain_fen": 100_000,
    "chain_share_ppm": 900_000,
    "chain_people": 3,
    "night_from": 0,
    "night_to": 5,
    "night_count": 5,
    "night_fen": 100_000,
    "cash_out_count": 5,
    "cash_out_fen": 100_000,
    "cash_out_multiple_fen": 10_000,
    "business_people": 20,
}


class Hand:
    """Gives commands at ten o'clock of a day and says which were not accepted."""

    def __init__(self, file: str) -> None:
        made: dict[str, Any] = {"create": True} if "create" in inspect.signature(benyuan.app.open).parameters else {}
        self.group: Any = benyuan.app.open(f"sqlite:///{file}", clock=lambda: moment(20261001), **made)
        self.on = FIRST

    def __call__(self, kind: str, **fields: Any) -> dict[str, Any]:
        """One command; fields that the release has not are left out."""
        known = {name: item for name, item in fields.items() if name in REGISTRY[kind].__struct_fields__}
        request = Request(
            client="hand",
            key=f"key {self.group.position + 1}",
            command=REGISTRY[kind](**known),
            at=max(moment(self.on), self.group.last_at),
        )
        answer: Any = self.group.execute([request])[0]
        if not answer.accepted:
            sys.stdout.write(f"{kind}: {answer.refusal or answer.invalid}\n")
        return dict(answer.results)


def moment(on: int) -> int:
    """Ten o'clock of a day in China."""
    day = dt.datetime(on // 10_000, on // 100 % 100, on % 100, 10, tzinfo=CHINA)
    return int(day.timestamp()) * 1_000_000


def payments(do: Hand) -> None:
    """A town of two people and a merchant, some payments, a closed day."""
    do("register_institution", name="Benyuan Pay")
    do("record_standing", institution=1, from_date=20260101, licences=15, rating="A", real_name_ppm=960_000)
    do("set_monitoring", institution=1, from_date=FIRST, **MONITORING)
    do("register_merchant", institution=1, kind_of_merchant="firm", code=credit_code(1), name="noodles")
    for person in (1, 2):
        do("register_person", institution=1, **someone(person))
        do("bind_bank_account", person=person, mandate=True)
        do("open_wallet", person=person, wallet_class="II", channels=3)
        do("top_up", wallet=person, bank_account=person + 1, amount_fen=10_000)
    for amount_fen in (100, 200, 300):
        do("pay", payer=1, merchant=1, amount_fen=amount_fen, channel="static_code", authentication="one_kind")
    do.on = 20260402
    do("pay", payer=2, merchant=1, amount_fen=400, channel="static_code", authentication="one_kind")
    do("close_day", institution=1, date=FIRST, statement_fen=0)


def lender(do: Hand) -> None:
    """A lender with a loan and an account, closed for some days."""
    do("register_lender", name="Benyuan Consumer Finance")
    do("set_lending_policy", lender=1, from_date=FIRST, **POLICY)
    do("record_lender_figures", lender=1, from_date=FIRST, **FIGURES)
    do("fund_lender", lender=1, source="equity", amount_fen=10**9)
    do("make_credit_product", lender=1, kind_of_product="cash_loan")
    do("make_credit_product", lender=1, kind_of_product="pay_later")
    limits = {"rate_ppm": 240_000, "most_fen": 20_000_000, "most_terms": 36, "grace_days": 3}
    do("publish_loan_terms", product=1, from_date=FIRST, **MONTHLY, **limits)
    do("publish_account_terms", product=2, from_date=FIRST, rate_ppm=182_500, **STATED)
    do("set_loss_rate", lender=1, from_date=FIRST, days_from=0, **RATES)
    do("list_partner", lender=1, name="a bank", lends=True, guarantees=True)
    do("register_borrower", lender=1, **someone(1))
    do("assess_borrower", borrower=1, line_fen=2_000_000)
    term = {"term_count": 12, "rate_ppm": 180_000, "first_due_on": 20260515, "until": 20260430}
    do("offer_loan", borrower=1, product=1, amount_fen=1_000_000, **term)
    do("open_credit_account", borrower=1, product=2, line_fen=500_000, **SHOWN)
    do("draw_purchase", account=1, amount_fen=120_000)
    do("draw_loan", offer=1, purpose="travel", **SHOWN)
    for date in range(FIRST, FIRST + 9):
        do.on = date + 1
        do("close_lender_day", lender=1, date=date)
    do("repay_account", account=1, amount_fen=20_000)


def bureau(do: Hand) -> None:
    """A bureau with a member, an account furnished and asked for."""
    do("register_bureau", name="Benyuan Credit")
    do("record_bureau_standing", bureau=1, from_date=20260101, licensed_until=20281231, capital_fen=5_000_000_000)
    do("admit_member", bureau=1, sort="bank")
    both = {"furnishes": "all", "asks": "all", "reported_on": FIRST, "reviewed_on": FIRST}
    do("agree_membership", member=1, from_date=FIRST, **both)
    for more in ({"expires_on": 20260531}, {"times": 0, "furnishing": True, "expires_on": 20301231}):
        do("grant_consent", bureau=1, starts_on=FIRST, **{**CONSENT, "written": True, **more}, **PERSON)
    account = {"type": "R2", "opened_on": FIRST, "limit_fen": 2_000_000, "account_number": "A1"}
    do("furnish_account", bureau=1, member=1, consent=2, **account, **PERSON)
    asked = {"staff_name": "Lin Ke", "seen": do.group.position}
    do("inquire", bureau=1, member=1, consent=1, purpose="loan", **asked, **PERSON)


if __name__ == "__main__":
    hand = Hand(sys.argv[2])
    {"payments": payments, "lender": lender, "bureau": bureau}[sys.argv[1]](hand)
    hand.group.close()
