"""Users were asked for their opinions on a change of the agreement 征求用户意见 (State Council Order 768, art. 20).

It is recorded once it is over: the text that was shown, from when to when, how many answered, and where the answers
are. The text gives no number of days; how long users are asked, and what is made of the answers, people decide.
"""

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.agreements import CONSULTATION, USERS_CONSULTED
from benyuan.payments.records import INSTITUTION
from benyuan.usecases.common import Count, Id, Reference, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.publish_agreement import digest_faults


@command("consult_users")
class Consulted(Command, frozen=True, kw_only=True):
    """Users of `institution` were asked from `began_on` to `ended_on` about the text of this `digest`."""

    institution: Id
    digest: Reference
    began_on: Yyyymmdd
    ended_on: Yyyymmdd
    answers: Count
    reference: Reference


class ConsultUsers(UseCase):
    """Gives the consultation its number, which the publication of the change names."""

    command = Consulted
    needs = (Need(table=INSTITUTION, by="institution", prefix="institution"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The days exist, in their order, and are over; the digest is one."""
        batch = case.batch
        began, ended = batch.integers("began_on"), batch.integers("ended_on")
        return {
            **digest_faults(case),
            **faults_where(ended > batch.on, batch, "ended_on", "no later than today"),
            **faults_where(ended < began, batch, "ended_on", "no day before began_on"),
            **no_such_day(batch, "ended_on"),
            **no_such_day(batch, "began_on"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The consultation; no version has come of it yet."""
        batch, accepted = decided.case.batch, decided.accepted
        number = numbered(accepted, decided.case.facts.next_ids[CONSULTATION.name])
        names = ("institution", "began_on", "ended_on", "answers")
        given = {name: batch.integers(name) for name in names}
        held = {"id": number, **given, "version": 0, "position": batch.position}
        return Recorded(results={"consultation": number}, events=event(USERS_CONSULTED, rows(accepted, **held)))
