"""A bureau as the tests use it: licensed since 2026-01-01, with a bank, a lender and a utility; nobody has a file yet.

Members 1, 2 and 3 are bank, consumer-finance company and utility; the first two furnish and ask for everything, the
third furnishes public records. People are those of `simulate.identities`, by their number.
"""

from typing import Any

from benyuan.decisions.outcomes import Answer, Outcome
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.simulate.identities import someone
from benyuan.usecases import USE_CASES
from tests.unit.engine.dated import DatedDesk, moment
from tests.unit.engine.groups import Desk, in_memory, words_unkept

BEGAN = 20260101
BANK, LENDER, UTILITY = 1, 2, 3
AGREED: dict[str, Any] = {
    "from_date": BEGAN,
    "furnishes": "all",
    "asks": "all",
    "reported_on": BEGAN,
    "reviewed_on": BEGAN,
}
CONSENT: dict[str, Any] = {
    "bureau": 1,
    "member": BANK,
    "purpose": "loan",
    "starts_on": 20260501,
    "expires_on": 20260531,
    "times": 2,
    "fetch": "periodic",
    "written": True,
    "evidence": "0" * 64,
}
FURNISHING: dict[str, Any] = {"times": 0, "furnishing": True, "expires_on": 20301231}


def shown(person: int) -> dict[str, Any]:
    """Document, number and name of a person."""
    return {name: item for name, item in someone(person).items() if name in ("document", "number", "full_name")}


def particulars(person: int) -> dict[str, Any]:
    """What `identify_subject` is told."""
    return {**shown(person), "phone": someone(person)["phone"]}


class Bureau(DatedDesk):
    """A desk, and the day that it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, on=BEGAN)

    def send(self, kind: str, **fields: Any) -> Answer:
        """One command given as columns, whatever fields it has, on the day that it is."""
        at = max(moment(self.on, "10:00"), self.group.last_at)
        columns = {name: [item] for name, item in fields.items()}
        key = f"sent {self.group.position}"
        answer: Answer = self.group.execute_columns(kind=kind, columns=columns, client="desk", keys=[key], at=at)[0]
        return answer

    def consent(self, person: int, **fields: Any) -> int:
        """A consent of a person to the bank, but for what is said otherwise; its number."""
        return self.do("grant_consent", **{**CONSENT, **shown(person), **fields})["consent"]

    def inquire(self, person: int, **fields: Any) -> Answer:
        """The bank asks about a person for a loan, but for what is said otherwise."""
        asked = {"bureau": 1, "member": BANK, "purpose": "loan", "staff_name": "Lin Ke", "seen": self.group.position}
        return self.ask("inquire", **{**asked, **shown(person), **fields})

    def own(self, person: int, **fields: Any) -> Answer:
        """A person asks for their own report."""
        return self.ask("read_own_report", **{"bureau": 1, "seen": self.group.position, **shown(person), **fields})

    def look(self, subject: int, **fields: Any) -> Answer:
        """One of the bureau's staff looks."""
        asked = {"bureau": 1, "role": "quality", "purpose": "quality", "way": "screen", "staff_name": "Mei"}
        asked |= {"reason": "a sample", "seen": self.group.position}
        return self.ask("look", **{**asked, "subject": subject, **fields})

    def of(self, table: str, number: int) -> dict[str, int]:
        """A row."""
        held = self.group.records.tables[table]
        return {name: int(held.column(name)[number]) for name in held.table.columns}

    def count(self, table: str) -> int:
        """How many rows there are."""
        return self.group.records.tables[table].count


def found_bureau(desk: Desk) -> Bureau:
    """Set a bureau up; see the top of this file."""
    bureau = Bureau(desk)
    bureau.do("register_bureau", name="Benyuan Credit")
    bureau.do("record_bureau_standing", bureau=1, from_date=BEGAN, licensed_until=20281231, capital_fen=5_000_000_000)
    for sort in ("bank", "consumer-finance", "utility"):
        bureau.do("admit_member", bureau=1, sort=sort)
    for member in (BANK, LENDER):
        bureau.do("agree_membership", member=member, **AGREED)
    bureau.do("agree_membership", member=UTILITY, **{**AGREED, "furnishes": "public", "asks": ""})
    return bureau


def bureau_in_memory() -> Bureau:
    """The bureau, in memory."""
    return found_bureau(in_memory(now=moment(BEGAN)))


def check_refused(bureau: Bureau, answer: Answer, rule: str, **figures: Any) -> None:
    """An answer that is refused by this rule with these figures, is in the log, and is explained by `why`."""
    assert answer.outcome is Outcome.refused, answer
    assert answer.refusal is not None
    assert answer.refusal.rule_id == rule, answer.refusal.text()
    assert {name: answer.refusal.figures.get(name) for name in figures} == figures, answer.refusal.figures
    assert answer.position == bureau.group.position
    assert rule in why(bureau.group, answer.position).text()


def check_verified(bureau: Bureau) -> None:
    """The log tells everything again, and decides as it did."""
    report = verify(bureau.group.store, vault=bureau.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], words_unkept(bureau.group.store))
