"""Staff of the town's institution: 1 makes and 2 checks roles; 3 makes and 4 checks fees, wallets and the like.

`Office` sends each one's commands under their own login.
"""

import json
from typing import Any

from benyuan.decisions.commands import REGISTRY, Command
from benyuan.decisions.outcomes import Answer
from benyuan.rules import Refusal
from benyuan.simulate.identities import full_name, identity_number
from benyuan.values.dates import local_day
from tests.unit.engine.groups import CLIENT, Desk, town

HEAD, SECOND_HEAD, MAKER, CHECKER = range(1, 5)
AT: dict[str, Any] = {"sort": "institution", "entity": 1}


def login_of(staff: int) -> str:
    """The client's name of a member."""
    return f"login {staff}"


def fields_of(command: Command) -> str:
    """A command's fields as JSON."""
    return json.dumps({name: getattr(command, name) for name in command.__struct_fields__})


class Office:
    """A desk, and the staff at it."""

    def __init__(self, desk: Desk | None = None, *, at: dict[str, Any] | None = None, area: str = "payments") -> None:
        self.desk = desk or town()
        self.at, self.area = at or AT, area
        for number in (HEAD, SECOND_HEAD, MAKER, CHECKER):
            self.member(number)
        self.role(HEAD, "staff", "maker")
        self.role(SECOND_HEAD, "staff", "checker")
        self.role(MAKER, area, "maker")
        self.role(CHECKER, area, "checker")

    @property
    def today(self) -> int:
        """The day on the desk's clock."""
        return local_day(self.desk.now)

    def member(self, staff: int, *, individual: int = 0, **fields: Any) -> int:
        """A member of staff, who is the individual of the same number unless it is said."""
        shown = {"document": "resident_id", "number": identity_number(900 + (individual or staff))}
        made = {**self.at, **shown, "full_name": full_name(individual or staff), "login": login_of(staff), **fields}
        return int(self.done("register_staff", **made).results["staff"])

    def role(self, staff: int, area: str, act: str) -> int:
        """A role from today on."""
        fields: dict[str, Any] = {"staff": staff, "area": area, "act": act, "from_date": self.today}
        return int(self.done("assign_role", **fields).results["role"])

    def require(self) -> None:
        """From today on."""
        self.done("require_checks", **self.at, from_date=self.today)

    def ask(self, kind: str, *, by: int = 0, **fields: Any) -> Answer:
        """One command, under the login of a member."""
        return self.desk.one(REGISTRY[kind](**fields), client=login_of(by) if by else CLIENT)

    def done(self, kind: str, *, by: int = 0, **fields: Any) -> Answer:
        """One that is accepted."""
        answer = self.ask(kind, by=by, **fields)
        assert answer.accepted, (kind, answer.invalid, answer.refusal and answer.refusal.text())
        return answer

    def refused(self, kind: str, *, by: int = 0, **fields: Any) -> Refusal:
        """The refusal of one that a rule stops."""
        answer = self.ask(kind, by=by, **fields)
        assert answer.refusal is not None, answer
        return answer.refusal

    def fault(self, kind: str, *, by: int = 0, **fields: Any) -> str:
        """The field of one that makes no sense."""
        answer = self.ask(kind, by=by, **fields)
        assert answer.invalid is not None, answer
        return answer.invalid.field

    def propose(self, kind: str, *, by: int = MAKER, **fields: Any) -> int:
        """A proposal of a command of this kind."""
        body: dict[str, Any] = {"maker": by, "command": kind, "body": json.dumps(fields)}
        return int(self.done("propose_command", by=by, **body).results["proposal"])

    def check(self, proposal: int, *, by: int = CHECKER, verdict: str = "passed") -> None:
        """Its check."""
        self.done("check_command", by=by, proposal=proposal, checker=by, verdict=verdict)

    def agreed(self, kind: str, *, by: tuple[int, int] = (MAKER, CHECKER), **fields: Any) -> int:
        """A command that one has proposed and another passed; not yet sent."""
        proposal = self.propose(kind, by=by[0], **fields)
        self.check(proposal, by=by[1])
        return proposal
