"""A row in every table of related parties, for the group that is damaged."""

from typing import Any

from benyuan.decisions.commands import REGISTRY
from benyuan.governance.related.laws import LENDER, base_day
from benyuan.values.dates import add_calendar_days, local_day
from tests.unit.group.ownership import BANK, HOLDING, INSURER, OWNER, SHOP, Houses


def relate(houses: Houses) -> None:
    """Directors, a committee, a proposal with its opinion and votes, a framework, transactions, limits, duties."""
    desk = houses.desk

    def say(kind: str, **fields: Any) -> dict[str, int]:
        answer = desk.one(REGISTRY[kind](**fields))
        assert answer.accepted, answer
        return answer.results

    first, second, chair = (houses.individual(number) for number in (31, 32, 33))
    for member, post in ((first, "director"), (second, "director"), (chair, "independent_director")):
        houses.do("record_office", individual=member, body=HOLDING, post=post)
        houses.do("record_committee_seat", body=HOLDING, individual=member, chairs=member == chair)
    houses.do("declare_related_party", body=HOLDING, party=SHOP, ground="may_gain")
    deal = {"body": HOLDING, "party": SHOP, "sort": "services", "amount_fen": 1}
    say("propose_approval", **deal, framework=True, interested=str(BANK))
    say("call_approval_vote", proposal=1, closes_on=add_calendar_days(local_day(desk.group.last_at), 1))
    aspects = dict.fromkeys(("lawful", "fair", "necessary", "procedure"), True)
    say("give_independent_opinion", proposal=1, director=chair, paper="opinion", **aspects)
    for _ in ("committee", "board"):
        for member in (first, second, chair):
            say("vote_approval", proposal=1, member=member, vote="favour")
        say("decide_approval", proposal=1)
    on = local_day(desk.group.last_at)
    term = {"agreement": "frame", "from_date": on, "until": on, "signed_on": on}
    say("sign_framework", **deal, **term, approval=1)
    year = on // 10_000
    accounts = {"figure": "net_assets", "amount_fen": 100, "as_of": (year - 1) * 10_000 + 1231, "invented": True}
    say("record_body_figure", body=HOLDING, **accounts)
    plain = {"signed_on": on, "agreement": "frame", "price_basis": "market"}
    say("record_related_transaction", **deal, **plain, framework=1, guarantee=False)
    houses.do("set_house_limit", body=HOLDING, span="all_parties", sort="any", amount_fen=100, approved_on=on)
    word = {"body": HOLDING, "party": OWNER, "sort": "finance", "amount_fen": 2, "guarantee": True}
    say("record_related_transaction", **word, **plain, exemption="public_issue")
    say("return_related_finance", transaction=2, amount_fen=1)
    say("record_related_loss", body=INSURER, party=SHOP, amount_fen=1, found_on=on, invented=True)
    houses.do("record_governance_grade", body=INSURER, grade="a")
    say("record_contribution", owner=SHOP, body=INSURER, amount_fen=1, as_of=on, invented=True)
    houses.stake(SHOP, INSURER, 5)
    for name in ("net_assets", "total_assets"):
        say("record_body_figure", body=INSURER, **{**accounts, "figure": name})
    funds = {"body": INSURER, "party": SHOP, "sort": "finance", "amount_fen": 1, "guarantee": False}
    say("record_related_transaction", **funds, **plain, exemption="public_issue", funds="fixed_income")
    made = say("register_lender", name="of the group")
    houses.do("record_body_business", body=BANK, business="consumer_finance", book=made["book"])
    houses.stake(HOLDING, BANK, 51)
    capital = {"figure": "net_capital", "amount_fen": 100, "as_of": base_day(LENDER, on=on), "invented": True}
    say("record_body_figure", body=BANK, **capital)
    for body, party, gives in ((HOLDING, BANK, True), (BANK, HOLDING, False)):
        loan = {"body": body, "party": party, "gives": gives, "sort": "finance", "amount_fen": 1, "guarantee": False}
        say("record_related_transaction", **loan, **plain, exemption="public_issue")
    named = {"funder": HOLDING, "transaction": 5, "funders_transaction": 4}
    say("fund_lender", lender=made["lender"], source="equity", amount_fen=1, **named)
