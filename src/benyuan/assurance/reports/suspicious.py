"""The elements of a suspicious-transaction report: one line, of the subject, the suspicion and its movements.

Sources: PBoC Order [2016] No. 3, arts. 11, 14, 27 and the last, general list of its annex. What people wrote in judging
the case, and in opening it, is the analysis that art. 14 asks to be whole in the report.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from benyuan.assurance.cases import blocks_of_day, case_row, movements_of_case
from benyuan.assurance.reports.elements import SUSPICIOUS, Element
from benyuan.assurance.reports.holders import Account, Who, holder
from benyuan.assurance.reports.large_value import account_number, day_text, yuan_plain
from benyuan.assurance.reports.particulars import Told
from benyuan.assurance.statements.holders import BANK_ACCOUNT, MERCHANT, PERSON
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.group import Group
from benyuan.payments.flows import OF_PERSON
from benyuan.payments.monitoring.records import Pattern
from benyuan.values.dates import local_day

OF_FIRMS = ("representative_name", "representative_document", "representative_number")
CONTROLLER = ("controller_name", "controller_document", "controller_number")
POSITIONS_SHOWN = 20
"""How many of the movements' IDs the note names; `benyuan cases` has all of them."""


def case_of_duty(group: Group, duty: int) -> int:
    """The confirmed case that made the duty. Errors: KeyError."""
    (found,) = np.flatnonzero(group.records.tables["suspicious_case"].column("duty") == duty).tolist() or [0]
    if not found:
        raise KeyError(duty)
    return int(found)


def subject_of(group: Group, case: Mapping[str, int]) -> Who:
    """Whom it is about; a micro-merchant is the person that stands for it."""
    if case["subject_kind"] == OF_PERSON:
        return Who(PERSON, case["subject"])
    return holder(group, Account(MERCHANT, case["subject"]))


def line_of(
    group: Group, number: int, duty: Mapping[str, int], told: Mapping[Who, Told], added: Mapping[str, str]
) -> tuple[Element, ...]:
    """The report on one case. Errors: VaultLocked, SealBroken."""
    case = case_row(group, number)
    who, moves = subject_of(group, case), movements_of_case(group, case)
    values: dict[str, str | None] = {
        "institution_industry": "non-bank payment institution",
        **_subject(group, who, told[who]),
        "submission": "first",
        "addressee": "China Anti-Money Laundering Monitoring and Analysis Center",
        **_suspicion(group, number, case),
        **_movements(case, moves),
        "note_2": f"case {number}, confirmed on {day_text(duty['arose_on'])}",
    }
    return SUSPICIOUS.filled({**values, **added})


def _subject(group: Group, who: Who, said: Told) -> dict[str, str | None]:
    person = who.kind == PERSON
    firm: dict[str, str | None] = dict.fromkeys((*OF_FIRMS, *CONTROLLER), None if person else "")
    if not person:
        firm["representative_name"] = said.get("representative", "")
    banks = np.flatnonzero(group.records.tables[BANK_ACCOUNT].column(who.kind) == who.id).tolist()
    numbers = [account_number(group, Account(BANK_ACCOUNT, bank)) for bank in banks]
    return {
        "subject_name": said.get("name", ""),
        "subject_document": said.get("document", ""),
        "subject_number": said.get("number", ""),
        "subject_bank_account": "; ".join(number for number in numbers if number),
        "subject_occupation": said.get("occupation", ""),
        "subject_contact": said.get("contact", ""),
        "subject_nationality": said.get("nationality", ""),
        **firm,
    }


def _suspicion(group: Group, number: int, case: Mapping[str, int]) -> dict[str, str]:
    pattern = Pattern(case["pattern"]).name
    by_pattern = f"monitoring standard {case['standard']}: {pattern}"
    grounds = _written(group, "open_case", "results", number, "grounds", date=case["opened_on"])
    analysis = _written(group, "judge_case", "command", number, "analysis", date=case["judged_on"])
    return {
        "trigger": by_pattern if case["standard"] else pattern,
        "analysis": "; ".join(text for text in (grounds, analysis) if text),
        "feature_code": pattern,
    }


def _movements(case: Mapping[str, int], moves: Sequence[Mapping[str, Any]]) -> dict[str, str | None]:
    if not moves:
        on, amount = day_text(case["happened_on"]), case["amount_fen"]
        said = f"{yuan_plain(amount)} yuan" if amount else ""
        return {"behaviour": said, "begins": on, "ends": on, "note_1": None}
    kinds = {kind: [move["amount_fen"] for move in moves if move["move"] == kind] for kind in _kinds(moves)}
    told = [f"{kind} {len(sums)} times, {yuan_plain(sum(sums))} yuan" for kind, sums in kinds.items()]
    days = sorted(local_day(move["at"]) for move in moves)
    shown = ", ".join(str(move["position"]) for move in moves[:POSITIONS_SHOWN])
    rest = f" and {len(moves) - POSITIONS_SHOWN} more" if len(moves) > POSITIONS_SHOWN else ""
    return {
        "behaviour": "; ".join(told),
        "begins": day_text(days[0]),
        "ends": day_text(days[-1]),
        "note_1": f"commands {shown}{rest}",
    }


def _kinds(moves: Sequence[Mapping[str, Any]]) -> list[str]:
    return sorted({move["move"] for move in moves})


def _written(group: Group, kind: str, part: str, number: int, field: str, *, date: int) -> str:
    """What people wrote on a day in the accepted command of a kind about a case."""
    for opened in blocks_of_day(group, date):
        if opened.block.kind != kind:
            continue
        cases = opened.batch().integers("case") if part == "command" else opened.integers("results", "case")
        places = np.flatnonzero((cases == number) & (opened.status == Outcome.accepted)).tolist()
        if places:
            return str((group.payloads.read(opened.block.first_position + places[-1]) or {}).get(field, ""))
    return ""
