"""Transactions inside the sample group: what passes and is counted, what is refused, and the long way to an approval.

Sources: PBoC Order [2020] No. 4, art. 36; PBoC Order [2023] No. 1, arts. 16, 18, 21, 27, 28. Worked number: of net
assets of 24,000,000,000.00 one per cent is 240,000,000.00, from which on a transaction is major by itself.
"""

from typing import Any

from benyuan.simulate.group.bodies import BANK, CHAIR, DIRECTORS, HOLDING, INDEPENDENT, LENDER, MEMBER, OWNER, SUPPLIER
from benyuan.simulate.telling import Telling

WAN = 1_000_000
"""Ten thousand yuan, in fen."""
DEAL = "record_related_transaction"
TERMS: dict[str, Any] = {"agreement": "示例合同", "price_basis": "market", "guarantee": False}


def deal(story: Telling, day: int) -> int:
    """From what is exempt to what nobody may do; the transaction by which the lender is lent money."""

    def fields(party: int, wan: int, **more: Any) -> dict[str, Any]:
        made = {"body": HOLDING, "party": party, "sort": "services", "amount_fen": wan * WAN, "signed_on": day}
        return {**made, **TERMS, "invented": True, **more}

    story.do(DEAL, day, "10:00", "software for 4.99 million: exempt, and counted", **fields(SUPPLIER, 499))
    made = fields(SUPPLIER, 800, agreement="示例合同 2")
    story.do(DEAL, day, "10:01", "software for 8 million: ordinary, to the committee's file", **made)
    unwritten = fields(SUPPLIER, 800, agreement="")
    story.refused("fhc.rpt.terms", DEAL, day, "10:02", "the same without a written agreement", **unwritten)
    up = fields(HOLDING, 10_000, body=BANK, sort="finance")
    story.refused("fhc.ban.fi_to_fhc", DEAL, day, "10:03", "the bank lends to the holding company", **up)
    through = fields(SUPPLIER, 10_000, body=BANK, sort="finance", passes_on_to=HOLDING)
    story.refused("fhc.ban.fi_to_fhc", DEAL, day, "10:04", "the bank lends to it through a supplier", **through)
    large = fields(SUPPLIER, 30_000, agreement="示例合同 3")
    story.refused("fhc.rpt.approval", DEAL, day, "10:05", "a system for 300 million, approved by nobody", **large)
    proposal = _approved(story, day)
    story.do(DEAL, day, "16:00", "the same with it", **{**large, "approval": proposal})
    again = fields(SUPPLIER, 30_000, agreement="示例合同 4", approval=proposal)
    story.refused("fhc.rpt.approval", DEAL, day, "16:01", "and once more: nothing of the approval is left", **again)
    story.senseless("party", DEAL, day, "16:02", "with oneself", **fields(HOLDING, 1))
    for place in range(3):
        sliced = fields(OWNER, 20_000, agreement=f"示例合同 {5 + place}")
        story.do(DEAL, day, "16:10", "a slice of 200 million: ordinary by itself" if place == 0 else "", **sliced)
    lent = fields(LENDER, 5_000, sort="finance", agreement="示例合同 9")
    return story.do(DEAL, day, "16:20", "the holding company lends its lender 50 million", **lent)["transaction"]


def _approved(story: Telling, day: int) -> int:
    """Committee, opinions, board; the director who controls the other side keeps out."""
    asked: dict[str, Any] = {"body": HOLDING, "party": SUPPLIER, "sort": "services", "amount_fen": 30_000 * WAN}
    proposal = story.do("propose_approval", day, "11:00", "it goes to the committee", **asked)["proposal"]
    own: dict[str, Any] = {"proposal": proposal, "member": DIRECTORS[0], "vote": "favour"}
    what = "a director votes on his own company's contract"
    story.refused("fhc.rpt.recuse", "vote_approval", day, "11:30", what, **own)
    for member in (CHAIR, MEMBER):
        story.do("vote_approval", day, "11:31", proposal=proposal, member=member, vote="favour")
    story.do("decide_approval", day, "12:00", "the committee lets it go to the board", proposal=proposal)
    for director in (*DIRECTORS[1:], *INDEPENDENT):
        story.do("vote_approval", day, "14:00", proposal=proposal, member=director, vote="favour")
    what = "the board counts before the independent directors have written"
    story.refused("fhc.rpt.independent_opinion", "decide_approval", day, "14:10", what, proposal=proposal)
    aspects = dict.fromkeys(("lawful", "fair", "necessary", "procedure"), True)
    for director in INDEPENDENT:
        opinion: dict[str, Any] = {
            "proposal": proposal,
            "director": director,
            "paper": f"示例意见 {director}",
            **aspects,
        }
        story.do("give_independent_opinion", day, "14:30", **opinion)
    story.do("decide_approval", day, "15:00", "two thirds of all who are not related: approved", proposal=proposal)
    return proposal
