"""Commands made up of compliance: cases, lists, freezes, incidents, erasures."""

from benyuan.decisions.commands import Command
from benyuan.parties.name_list import NameList
from benyuan.payments.monitoring.records import Verdict
from benyuan.payments.name_lists import MatchKind
from benyuan.payments.retention.sorts import Sort
from benyuan.payments.vocabulary import (
    IncidentKind,
    Matter,
)
from benyuan.simulate.compliance import STANDARDS
from benyuan.simulate.identities import someone
from benyuan.usecases.close_investigation import EndInvestigation
from benyuan.usecases.deduct_frozen import DeductFrozen
from benyuan.usecases.draw_report import Draw
from benyuan.usecases.erase_records import Erase
from benyuan.usecases.freeze_amount import FreezeAmount
from benyuan.usecases.judge_case import Judge
from benyuan.usecases.lift_freeze import LiftFreeze
from benyuan.usecases.list_name import ListName
from benyuan.usecases.open_case import Suspect
from benyuan.usecases.open_investigation import Investigate
from benyuan.usecases.record_incident import Incident
from benyuan.usecases.record_match import Match
from benyuan.usecases.report_incident import Report
from benyuan.usecases.report_plan import Plan
from benyuan.usecases.resolve_incident import Resolved
from benyuan.usecases.secure_freeze import SecureFreeze
from benyuan.usecases.set_monitoring import SetStandards
from benyuan.usecases.unlist_name import Unlist
from benyuan.usecases.update_incident import IncidentGrown
from benyuan.values.dates import local_day
from tests.unit.engine.hand import PEOPLE, Hand, Now

EVERYTHING = {name: 2 if name.endswith(("count", "people")) else 1 for name in STANDARDS} | {"night_to": 24}
"""Standards by which nearly every movement is suspicious."""


def make_case(hand: Hand, now: Now) -> Command:
    match hand.randrange(3):
        case 0:
            return SetStandards(institution=hand.institution(), from_date=local_day(now.at), **EVERYTHING)
        case 1:
            grounds = hand.odd("too much", "")
            on = hand.odd(local_day(now.at), 20260431, 20990101)
            return Suspect(
                institution=1, person=hand.person(), merchant=hand.odd(0, 1), happened_on=on, grounds=grounds
            )
    return Judge(case=hand.choice((1, 1, 2, 3)), verdict=hand.choice(list(Verdict)), analyst="li", analysis="seen")


def make_list(hand: Hand, now: Now) -> Command:
    del now
    who = someone(hand.choice((1, 2, PEOPLE, hand.anybody())))
    match hand.randrange(4):
        case 0:
            return Unlist(entry=hand.choice((1, 5, 6, 7, 8)), reference="change")
        case 1:
            kind = hand.choice(list(MatchKind))
            return Match(entry=hand.choice((5, 6, 7, 8)), match=kind, person=hand.person(), merchant=hand.odd(0, 1))
    name, number = hand.choice((("x", who["number"]), (who["full_name"], "")))
    return ListName(name_list=hand.choice(list(NameList)), name=hand.odd(name, ""), numbers=number)


def make_freeze(hand: Hand, now: Now) -> Command:
    del now
    freeze, amount = hand.choice((1, 1, 2, 3)), hand.fen()
    match hand.randrange(5):
        case 0:
            return LiftFreeze(freeze=freeze, amount_fen=hand.choice((0, amount)), reference="order")
        case 1:
            return SecureFreeze(freeze=freeze)
        case 2:
            return DeductFrozen(freeze=freeze, amount_fen=amount, reference="order")
        case 3:
            return Draw(duty=hand.choice((1, 2, 9)), purpose="the law", operator="li")
    return FreezeAmount(wallet=hand.wallet(), amount_fen=amount, reference="order")


def make_incident(hand: Hand, now: Now) -> Command:
    match hand.randrange(6):
        case 2:
            grown = hand.choice((0, 1, 5_000))
            return IncidentGrown(incident=hand.choice((1, 1, 2, 9)), records=grown, what=hand.memo())
        case 3:
            return Resolved(incident=hand.choice((1, 2)), resolved_on=hand.odd(0, 20990101), what=hand.memo())
        case 0:
            return Report(incident=hand.choice((1, 1, 2, 9)))
        case 1:
            day = local_day(now.at) + hand.choice((0, 100))
            matter = hand.choice(list(Matter))
            return Plan(institution=hand.institution(), matter=matter, takes_effect_on=day, what=hand.memo())
    return Incident(
        institution=hand.institution(),
        kind_of_incident=hand.choice(list(IncidentKind)),
        occurred_at=hand.odd(now.at - hand.choice((0, 10**10)), now.at + 1, 0),
        records=hand.choice((0, 5_000)),
        involved_fen=hand.choice((0, 10)),
        net_worth_fen=hand.choice((0, 101)),
        bar_code=hand.choice((True, False)),
        what=hand.memo(),
    )


def make_retention(hand: Hand, now: Now) -> Command:
    """An investigation begun or ended, or an erasure: mostly too early, now and then of a day with nothing."""
    day = local_day(now.at)
    match hand.randrange(4):
        case 0:
            return EndInvestigation(investigation=hand.randint(1, 3), reference="A")
        case 1 | 2:
            return Investigate(person=hand.choice((0, hand.person())), merchant=hand.odd(0, 1), reference="B")
    date = hand.choice((day, day - 100_000, day - 100_001, day - 50_000, 20260431))
    return Erase(sort=hand.choice(list(Sort)), date=date)
