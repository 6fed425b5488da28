"""Commands made up for histories, each drawn so that it meets others: limits, shared wallets, refunds, bad input."""

from collections.abc import Callable

from benyuan.decisions.commands import Command
from benyuan.simulate.identities import someone
from benyuan.usecases.disclose_person import Disclose
from benyuan.usecases.file_duty import File
from benyuan.usecases.fund import FundOwn
from benyuan.usecases.register_institution import Register
from benyuan.usecases.register_person import Person
from benyuan.usecases.settle import Settle
from tests.unit.engine.hand import Hand, Now
from tests.unit.engine.making_duties import make_case, make_freeze, make_incident, make_list, make_retention
from tests.unit.engine.making_parties import (
    make_agreement,
    make_bind,
    make_floor,
    make_merchant,
    make_merchant_change,
    make_open,
    make_standing,
    make_stop,
    make_wallet_change,
)
from tests.unit.engine.making_payments import (
    make_card_move,
    make_clear,
    make_clearing,
    make_close,
    make_code,
    make_credit,
    make_dispute,
    make_fees,
    make_pay,
    make_personal_code,
    make_refund,
    make_statement_entry,
    make_transfer,
)

MAKERS: tuple[tuple[int, Callable[[Hand, Now], Command]], ...] = (
    (12, make_pay),
    (6, make_code),
    (4, make_transfer),
    (5, make_card_move),
    (6, make_refund),
    (4, make_dispute),
    (2, lambda hand, _: Settle(merchant=hand.merchant(), same_day=hand.odd(False, True))),
    (2, make_fees),
    (2, make_agreement),
    (1, make_personal_code),
    (1, make_merchant_change),
    (1, lambda hand, _: FundOwn(institution=hand.institution(), amount_fen=hand.fen())),
    (2, lambda hand, _: File(duty=hand.choice((1, 1, 2, 9)))),
    (1, lambda hand, _: Person(institution=hand.institution(), **someone(hand.anybody()))),
    (1, make_bind),
    (1, lambda hand, _: Register(name=hand.choice(("Third Pay", "")))),
    (2, make_merchant),
    (3, make_open),
    (2, make_stop),
    (2, make_case),
    (1, make_wallet_change),
    (1, lambda hand, _: Disclose(person=hand.person(), purpose="complaint", operator="li")),
    (1, make_standing),
    (1, make_floor),
    (2, make_credit),
    (2, make_close),
    (2, make_clear),
    (2, make_statement_entry),
    (4, make_clearing),
    (2, make_incident),
    (2, make_list),
    (2, make_freeze),
    (1, make_retention),
)
WEIGHTS = [weight for weight, _ in MAKERS]
