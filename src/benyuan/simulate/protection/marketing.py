"""Consents, messages, data to others and the cashier.

Sources: Order 2022 No. 9 arts. 40, 44; Order [2020]5 arts. 23, 29, 30; State Council Order 768 art. 32; the measures on
marketing finance online (from 2026-09-30). Worked: a no at 10:30:00 stops a message at 10:30:00.
"""

from typing import Any

from benyuan.simulate.protection.opening import digest_of
from benyuan.simulate.protection.world import Story

ASKED, EVE, BEGINS = 20260907, 20260929, 20260930
YES: dict[str, Any] = {"to": "marketing", "place": "app", "text_digest": digest_of("marketing 1")}
NO = {"to": "marketing", "place": "app"}
OUT = "回复退订可拒收"
GOOD, SAFE, EASY = f"新产品上线，{OUT}", f"稳健理财，保本无忧，{OUT}", f"低门槛借款，{OUT}"
TEMPLATE = {"sort": "marketing", "way_out": "回复退订"}
SMS: dict[str, Any] = {"sort": "marketing", "channel": "sms"}
OPTIONS = "balance,debit-card,pay-later"


def advertise(story: Story) -> None:
    """Consents and messages in September, the cashier before and after the rule."""
    ticked = {**YES, "preticked": True}
    what = "borrower 6's consent to marketing, ticked beforehand"
    story.refused("cp.nfra.no_default_consent", "give_consent_to", ASKED, "10:00", what, borrower=6, **ticked)
    what = "person 8's, ticked beforehand"
    story.refused("cp.pbc.info_consent", "give_consent_to", ASKED, "10:01", what, person=8, **ticked)
    what = "a text that promises the principal (保本)"
    wrong = {"text_zh": SAFE, **TEMPLATE}
    story.refused("cp.house.marketing_words", "approve_template", ASKED, "10:05", what, **wrong)
    template = story.do("approve_template", ASKED, "10:06", text_zh=GOOD, **TEMPLATE)["template"]
    _stopped(story, template)
    _too_risky(story)
    what = "person 8's data go to the lender for marketing; nobody asked person 8"
    shared = {"person": 8, "receiver_kind": "lender", "receiver": 1, "purpose": "marketing", "kinds": "contact"}
    story.refused("pay.info.affiliate_share_consent", "share_data", ASKED, "11:00", what, **shared)
    _cashier(story)


def _too_risky(story: Story) -> None:
    """The level of whom it goes to is that of their own test, whatever the sender would say."""
    risky = story.do("approve_template", ASKED, "10:40", text_zh=GOOD, level=4, **TEMPLATE)["template"]
    story.do("give_consent_to", ASKED, "10:41", person=1, **YES)
    what = "person 1 (level 2) is offered the product of level 4 in a message"
    message = {**SMS, "template": risky, "person": 1}
    story.refused("suit.bans", "send_message", ASKED, "10:42", what, **message)


def _stopped(story: Story, template: int) -> None:
    message = {**SMS, "template": template, "borrower": 6}
    what = "borrower 6 ticks the box themselves"
    story.do("give_consent_to", ASKED, "10:10:00", what, borrower=6, **YES)
    story.do("send_message", ASKED, "10:20:00", "is sent a message", **message)
    story.do("withdraw_consent_to", ASKED, "10:30:00", "says no at 10:30:00", borrower=6, **NO)
    story.refused("cp.nfra.optout", "send_message", ASKED, "10:30:00", "a message at 10:30:00", **message)


def _cashier(story: Story) -> None:
    easy = story.do("approve_template", EVE, "10:00", "a text of easy money (低门槛)", text_zh=EASY, **TEMPLATE)
    story.do("give_consent_to", EVE, "10:10", borrower=7, **YES)
    shown: dict[str, Any] = {"institution": 1, "options": OPTIONS, "equal_display": True}
    what = "the cashier lists pay-later, and it stands chosen"
    story.refused(
        "pay.choice.fair_display", "show_cashier", EVE, "11:00", what, **{**shown, "preselected": "pay-later"}
    )
    story.do("show_cashier", EVE, "11:01", "the cashier lists pay-later, and it stands unchosen", **shown)
    message = {**SMS, "template": easy["template"], "borrower": 7}
    story.refused("mkt.words", "send_message", BEGINS, "10:00", "the text of easy money to one who said yes", **message)
    story.refused("mkt.psp_no_loan_option", "show_cashier", BEGINS, "11:00", "the cashier as the day before", **shown)
    bare = {**shown, "options": "balance,debit-card"}
    story.do("show_cashier", BEGINS, "11:01", "the cashier without a loan", **bare)
