"""What the commands of a customer who is shown by document share: needs, and faults of who it is."""

from benyuan.consumer_protection.suitability.records import INVESTOR, TEST
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.payments.records import IDENTITY, INSTITUTION, PERSON
from benyuan.usecases.common import faults_where

CUSTOMER_NEEDS = (
    Need(table=PERSON, by="person", prefix="person"),
    Need(table=INSTITUTION, by="institution", prefix="institution"),
    Need(table=IDENTITY, by="identity", prefix="identity"),
    Need(table=INVESTOR, by="person", prefix="investor"),
    Need(table=TEST, by="investor_test", prefix="test"),
    Need(table=TEST, by="investor_counted", prefix="counted"),
)
"""The person, whose document it is, the investor, the latest test, and the latest that counts."""


def customer_faults(case: Case) -> dict[int, Invalid]:
    """The document is the person's own, and the person a registered investor of the institution."""
    batch, facts = case.batch, case.facts
    elsewhere = facts["person_institution"] != batch.integers("institution")
    another = facts["identity_person"] != batch.integers("person")
    return {
        **faults_where(~facts.found("investor"), batch, "person", "a person registered as an investor"),
        **faults_where(another, batch, "person", "the person whose document is shown"),
        **faults_where(elsewhere, batch, "institution", "the institution whose customer the person is"),
    }
