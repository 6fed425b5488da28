"""A bureau with two people on file: accounts at bank and lender, months furnished, and answers given.

Person 1 has account 1 at the bank and account 2 at the lender, person 2 account 3 at the bank. On 2026-05-04 the bank
furnishes March and April of its accounts; on 05-06 the lender asks about person 1 and sees them.
"""

from typing import Any

import numpy as np

from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.vocabulary import STATUS_NUMBER
from benyuan.decisions.outcomes import Answer
from benyuan.simulate.identities import someone
from tests.unit.bureau.bureaus import BANK, FURNISHING, LENDER, Bureau, bureau_in_memory, shown
from tests.unit.engine.dated import moment
from tests.unit.engine.keeping import held

DIGEST = "ab" * 32
OPENED = 20260105
WRONG, RIGHT = 202603, 202604


def month_records(account: int, months: dict[int, str]) -> Any:
    """Records of months by their status; nothing is negative here, so no notice is needed."""
    made = np.zeros(len(months), MONTH.dtype)
    made["account"], made["month"] = account, list(months)
    made["status"] = [STATUS_NUMBER[status] for status in months.values()]
    made["limit_fen"] = made["balance_fen"] = 100_000
    made["due_on"] = [month * 100 + 20 for month in months]
    return made


class Redress(Bureau):
    """A bureau at which people seek redress."""

    def parcel(self, kind: str, records: Any, *, on: int | None = None, **columns: Any) -> dict[str, int]:
        """A command with records, all of which must be taken; its results."""
        self.on = max(self.on, on or 0)
        at = max(moment(self.on), self.group.last_at)
        answer = self.group.execute_parcel(
            kind=kind, columns=columns, records=records, client="desk", key=f"parcel {self.group.position}", at=at
        )
        assert answer.accepted, answer
        assert not answer.turned_away, answer
        return dict(answer.results) | {"position": answer.position}

    def account(self, person: int, member: int, *, consent: int, number: str) -> int:
        """An account that a member furnishes; its number."""
        document = {name: item for name, item in someone(person).items() if name in ("document", "number")}
        fields = {"bureau": 1, "member": member, "consent": consent, "account_number": number, "type": "D1"}
        fields |= {"opened_on": OPENED, "limit_fen": 100_000, **document}
        return self.do("furnish_account", **fields)["account"]

    def object_to(self, person: int = 1, **fields: Any) -> dict[str, int]:
        """Person 1 objects to March of account 1, but for what is said otherwise."""
        return self.do("open_objection", **objection(person, **fields))

    def correct(self, **fields: Any) -> int:
        """The bank puts March of account 1 right; the log position."""
        records = month_records(1, {WRONG: "N"})
        return self.parcel("correct_months", records, bureau=1, member=BANK, **fields)["position"]

    def say(self, objection: int, says: str = "wrong", **fields: Any) -> Answer:
        """The furnisher answers, after it was asked."""
        self.do("ask_furnisher", objection=objection)
        return self.ask("answer_as_furnisher", objection=objection, says=says, words="we looked", **fields)

    def rows(self, table: str) -> list[dict[str, int]]:
        """All rows."""
        return [self.of(table, number) for number in range(1, self.count(table) + 1)]

    def duties(self, kind: int) -> list[dict[str, int]]:
        """The duties of a kind."""
        return [row for row in self.rows("bureau_duty") if row["kind"] == kind]

    def check(self) -> None:
        """The log decides again alike, but for what reads sealed records."""
        held(self.desk)


def objection(person: int = 1, **fields: Any) -> dict[str, Any]:
    """The fields of person 1's objection to March of account 1, but for what is said otherwise."""
    told = {"bureau": 1, "fault": "wrong-status", "statement": "I paid in time", "door": "internet"}
    told |= {"account": 1, "month": WRONG, "evidence": DIGEST, "pieces": 1}
    return {**shown(person), **told, **fields}


def redress_in_memory() -> Redress:
    """See the top of this file."""
    return fill(Redress(bureau_in_memory().desk))


def fill(bureau: Redress) -> Redress:
    """People, accounts, months and an answer in a bureau that has members; see the top of this file."""
    furnishing = {"starts_on": 20260501, **FURNISHING, "on": 20260501}
    for person, member, number in ((1, BANK, "b1"), (1, LENDER, "l1"), (2, BANK, "b2")):
        consent = bureau.consent(person, member=member, **furnishing)
        bureau.account(person, member, consent=consent, number=number)
    records = np.concatenate([month_records(account, {WRONG: "M", RIGHT: "N"}) for account in (1, 3)])
    bureau.parcel("furnish_months", records, on=20260504, bureau=1, member=BANK)
    asking = bureau.consent(1, member=LENDER, on=20260506, times=5)
    assert bureau.inquire(1, member=LENDER, consent=asking).accepted
    return bureau
