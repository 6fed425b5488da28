"""Who is in the sample group: its bodies, who owns whom, who sits where. All of it is invented, and says so.

Worked number: the founder has 90% of the owner, the owner 60% of the holding company, the holding company 55% of the
bank: an interest of 0.9 x 0.6 x 0.55 = 29.7% and control all the way down.
"""

from typing import Any

from benyuan.simulate.identities import credit_code, full_name, identity_number
from benyuan.simulate.telling import Telling

BEGAN = 20220301
INVENTED: dict[str, Any] = {"invented": True}
(FOUNDER, OWNER, HOLDING, PAYER, LENDER, BUREAU, BANK, INSURER, FUNDS, SUPPLIER, FRIEND, PARTNER_BANK) = range(1, 13)
DIRECTORS, INDEPENDENT = (13, 14, 15), (16, 17)
CHAIR, MEMBER = INDEPENDENT
CENTRAL_BANK = 18
FIRST_PERSON = 9_001
"""From which on the invented people of the group are counted; the clients of the other demos come before."""
COMPANIES = (
    (OWNER, "本源商业集团（示例）", "other"),
    (HOLDING, "本源金融控股（示例）", "financial_holding"),
    (PAYER, "本源支付（示例）", "payment"),
    (LENDER, "本源消费金融（示例）", "consumer_finance"),
    (BUREAU, "本源征信（示例）", "credit_bureau"),
    (BANK, "某银行（示例）", "commercial_bank"),
    (INSURER, "某财险（示例）", "property_insurance"),
    (FUNDS, "某基金（示例）", "fund_manager"),
    (SUPPLIER, "某软件（示例）", "other"),
    (FRIEND, "某商贸（示例）", "other"),
    (PARTNER_BANK, "某合作银行（示例）", "commercial_bank"),
)
STAKES = (
    *((FOUNDER, OWNER, 90), (OWNER, HOLDING, 60), (FRIEND, HOLDING, 4), (HOLDING, PAYER, 100)),
    *((HOLDING, LENDER, 70), (HOLDING, BUREAU, 60), (HOLDING, BANK, 55), (HOLDING, INSURER, 80), (HOLDING, FUNDS, 100)),
    (DIRECTORS[0], SUPPLIER, 51),
)
"""Owner, owned, and per cent."""
LICENCES = (
    *((HOLDING, "financial_holding"), (PAYER, "payment"), (LENDER, "consumer_finance"), (BUREAU, "credit_bureau")),
    *((BANK, "commercial_bank"), (INSURER, "property_insurance"), (FUNDS, "fund_manager")),
    (PARTNER_BANK, "commercial_bank"),
)


def found(story: Telling, day: int, *, books: dict[int, int]) -> None:
    """Bodies with their books, stakes, posts and licences; each fact holds since long before `day`."""
    _individual(story, day, FOUNDER)
    for number, (body, name, business) in enumerate(COMPANIES, 1):
        code = credit_code(FIRST_PERSON + number)
        fields: dict[str, Any] = {"kind_of_body": "company", "name": name, "business": business, "code": code}
        made = story.do("register_body", day, "09:00", book=books.get(body, 0), from_date=BEGAN, **fields, **INVENTED)
        assert made["body"] == body
    for person in (*DIRECTORS, *INDEPENDENT):
        _individual(story, day, person)
    _central_bank(story, day)
    for owner, owned, part in STAKES:
        stake: dict[str, Any] = {"owner": owner, "owned": owned, "part": part, "whole": 100, "from_date": BEGAN}
        story.do("record_stake", day, "09:05", **stake, **INVENTED)
    for person in (*DIRECTORS, *INDEPENDENT):
        post = "independent_director" if person in INDEPENDENT else "director"
        held: dict[str, Any] = {"individual": person, "body": HOLDING, "from_date": BEGAN}
        story.do("record_office", day, "09:10", post=post, **held, **INVENTED)
    for person in (CHAIR, MEMBER, DIRECTORS[0]):
        seat: dict[str, Any] = {"individual": person, "body": HOLDING, "chairs": person == CHAIR, "from_date": BEGAN}
        story.do("record_committee_seat", day, "09:10", **seat, **INVENTED)
    for body, business in LICENCES:
        licence: dict[str, Any] = {
            "body": body,
            "business": business,
            "number": f"示例许可证 {body}",
            "from_date": BEGAN,
        }
        story.do("record_licence", day, "09:15", **licence, **INVENTED)


def _central_bank(story: Telling, day: int) -> None:
    """With which the payment company's reserve stands; the lender's money stands with the group's own bank."""
    name = "中央银行（示例）"
    fields: dict[str, Any] = {"kind_of_body": "authority", "name": name, "business": "none", "from_date": BEGAN}
    made = story.do("register_body", day, "09:01", **fields, **INVENTED)
    assert made["body"] == CENTRAL_BANK
    for body, money, keeper in ((PAYER, "customer_reserve", CENTRAL_BANK), (LENDER, "bank_account", BANK)):
        kept: dict[str, Any] = {"body": body, "money": money, "keeper": keeper, "from_date": BEGAN}
        story.do("record_money_keeper", day, "09:02", **kept, **INVENTED)


def _individual(story: Telling, day: int, body: int) -> None:
    shown = {"number": identity_number(FIRST_PERSON + body), "full_name": full_name(FIRST_PERSON + body)}
    made = story.do("register_individual", day, "09:00", document="resident_id", from_date=BEGAN, **shown, **INVENTED)
    assert made["body"] == body
