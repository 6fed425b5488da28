"""The group of bodies with organs: directors 11 to 13, independent directors 14 and 15, and another owner, 16.

The holding company has net assets of 2,000,000,000.00, so that 20,000,000.00 is major by itself and 100,000,000.00 in a
year. Its committee: independent director 14 in the chair, with 11 and 15.
"""

from typing import Any

from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Answer
from benyuan.rules import Refusal
from benyuan.simulate.identities import full_name, identity_number
from benyuan.values.dates import add_calendar_days, local_day
from tests.unit.engine.groups import HOUR, Desk
from tests.unit.group.ownership import BANK, HOLDING, INSURER, OWNER, PERSON, SHOP, SOURCE, Houses

FRIEND, LATER, FURTHER, LEASER = range(7, 11)
DIRECTORS, INDEPENDENT = (11, 12, 13), (14, 15)
OTHER = 16
CHAIR, MEMBER = INDEPENDENT
MILLION = 100_000_000
NET_ASSETS_FEN = 2_000 * MILLION
TODAY = 20260501
PLAIN: dict[str, Any] = {"agreement": "contract 1", "price_basis": "market", "guarantee": False, "unsecured": False}


class Board(Houses):
    """The houses, and a board."""

    def __init__(self, desk: Desk | None = None, *, committee: tuple[int, ...] = (CHAIR, MEMBER, 11)) -> None:
        super().__init__(desk)
        for number, business in ((FRIEND, "none"), (LATER, "none"), (FURTHER, "none"), (LEASER, "financial_leasing")):
            self.do("register_body", name=f"further {number}", kind_of_body="company", business=business)
        for number in (*DIRECTORS, *INDEPENDENT, OTHER):
            named = {"number": identity_number(number), "full_name": full_name(number)}
            self.do("register_individual", document="resident_id", **named)
        self.stake(PERSON, OWNER, 100)
        self.stake(OWNER, HOLDING, 60)
        self.stake(HOLDING, BANK, 80)
        self.stake(HOLDING, INSURER, 51)
        for number in DIRECTORS:
            self.do("record_office", individual=number, body=HOLDING, post="director")
        for number in INDEPENDENT:
            self.do("record_office", individual=number, body=HOLDING, post="independent_director")
        for number in committee:
            self.do("record_committee_seat", body=HOLDING, individual=number, chairs=number == CHAIR)
        self.measured(HOLDING)

    def measured(self, body: int, *, figure: str = "net_assets", amount_fen: int = NET_ASSETS_FEN) -> None:
        """The figure that a body's transactions of this spring are measured by."""
        as_of = 20251231 if figure == "net_assets" else 20260331
        self.plain("record_body_figure", body=body, figure=figure, amount_fen=amount_fen, as_of=as_of, **SOURCE)
        if body == INSURER and figure == "net_assets":
            whole = {"figure": "total_assets", "amount_fen": 4 * amount_fen, "as_of": as_of}
            self.plain("record_body_figure", body=body, **whole, **SOURCE)

    def paid_in(self, owner: int, body: int, amount_fen: int, *, as_of: int = 20260101) -> None:
        """What a shareholder has paid in."""
        self.plain("record_contribution", owner=owner, body=body, amount_fen=amount_fen, as_of=as_of, **SOURCE)

    def product(self, *, issued_fen: int) -> int:
        """A product of which so much was issued."""
        body = self.do("register_body", name="a product", kind_of_body="product")["body"]
        figure = {"figure": "issued_total", "amount_fen": issued_fen, "as_of": 20260331}
        self.plain("record_body_figure", body=body, **figure, **SOURCE)
        return body

    def asked(self, kind: str, **fields: Any) -> Answer:
        """One command without a day or source of its own."""
        return self.desk.one(REGISTRY[kind](**fields))

    def plain(self, kind: str, **fields: Any) -> dict[str, int]:
        """One that is accepted."""
        answer = self.asked(kind, **fields)
        assert answer.accepted, (kind, answer.invalid, answer.refusal and answer.refusal.text())
        return answer.results

    def refused(self, kind: str, **fields: Any) -> Refusal:
        """The refusal of one that a rule stops."""
        answer = self.asked(kind, **fields)
        assert answer.refusal is not None, answer
        return answer.refusal

    def deal(self, amount_fen: int, **fields: Any) -> dict[str, int]:
        """A loan of the holding company to who owns it, signed today, unless it says otherwise."""
        return self.plain("record_related_transaction", **self.fields(amount_fen, **fields))

    def fields(self, amount_fen: int, **fields: Any) -> dict[str, Any]:
        """What such a transaction says."""
        made = {"body": HOLDING, "party": OWNER, "sort": "finance", "signed_on": TODAY, "amount_fen": amount_fen}
        made |= {**PLAIN, **fields}
        lends = made["sort"] == "finance" and made.get("gives", True) and not made["guarantee"]
        return {**({"funds": "fixed_income"} if made["body"] == INSURER and lends else {}), **made}

    def approval(self, amount_fen: int, **fields: Any) -> int:
        """An approval by everybody who need not keep out."""
        made = {"body": HOLDING, "party": OWNER, "sort": "finance", "amount_fen": amount_fen, **fields}
        proposal = self.plain("propose_approval", **made)["proposal"]
        self.committee(proposal)
        self.opinions(proposal)
        for member in (*DIRECTORS, *INDEPENDENT):
            self.vote(proposal, member)
        assert self.plain("decide_approval", proposal=proposal)["stage"] == 5
        return proposal

    def approved_by_its_own(self, body: int, **fields: Any) -> int:
        """An approval by the organs of another body: three of its own, an independent director in the chair."""
        members = [self.individual(number) for number in (41, 42, 43)]
        for member in members:
            post = "independent_director" if member == members[0] else "director"
            self.do("record_office", individual=member, body=body, post=post)
            self.do("record_committee_seat", body=body, individual=member, chairs=member == members[0])
        proposal = self.plain("propose_approval", body=body, **fields)["proposal"]
        self.opinion(proposal, members[0])
        for _ in ("committee", "board"):
            for member in members:
                self.vote(proposal, member)
            self.plain("decide_approval", proposal=proposal)
        return proposal

    def committee(self, proposal: int) -> None:
        """The committee is in favour."""
        for member in (CHAIR, MEMBER, 11):
            self.vote(proposal, member)
        assert self.plain("decide_approval", proposal=proposal)["stage"] == 2

    def opinions(self, proposal: int) -> None:
        """All independent directors write."""
        for director in INDEPENDENT:
            self.opinion(proposal, director)

    def opinion(self, proposal: int, director: int) -> None:
        """One of them does."""
        aspects = dict.fromkeys(("lawful", "fair", "necessary", "procedure"), True)
        self.plain("give_independent_opinion", proposal=proposal, director=director, paper="opinion", **aspects)

    def closed(self, proposal: int) -> None:
        """The organ was called to vote until tomorrow, and that is over."""
        today = local_day(self.desk.now)
        self.plain("call_approval_vote", proposal=proposal, closes_on=add_calendar_days(today, 1))
        self.desk.now += 48 * HOUR

    def vote(self, proposal: int, member: int, vote: str = "favour", **fields: Any) -> None:
        """One vote."""
        self.plain("vote_approval", proposal=proposal, member=member, vote=vote, **fields)


__all__ = ["BANK", "HOLDING", "INSURER", "OWNER", "PERSON", "SHOP", "Board"]
