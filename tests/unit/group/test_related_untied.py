"""Customers who are related by their document and not tied are told, and nothing of the document."""

from benyuan.assurance.group.related import related_of
from benyuan.assurance.group.untied import Untied
from benyuan.parties.bodies.ties import CUSTOMER_TIE
from benyuan.simulate.identities import identity_number
from tests.unit.group.ownership import PERSON
from tests.unit.group.related import FRIEND, LATER, TODAY
from tests.unit.group.test_tied_customers import CODE, Firms
from tests.unit.lending.accounts import lender_in_town


def told(firms: Firms, body: int) -> list[tuple[int, str]]:
    """Who is a customer and not tied."""
    untied = related_of(firms.desk.group, body).untied
    assert untied is not None
    return [(each.party, each.customer) for each in untied]


def test_who_is_related_and_a_customer_is_told_until_it_is_tied() -> None:
    firms = Firms(lender_in_town())
    body = firms.shop()
    assert told(firms, FRIEND) == [(PERSON, "borrower 1")]
    assert told(firms, LATER) == [(PERSON, "person 1"), (body, "merchant 3")]
    firms.tie()
    firms.do("tie_customer", body=body, institution=1, **CODE)
    assert told(firms, FRIEND) == []
    assert told(firms, LATER) == [(PERSON, "person 1")]
    firms.tie(holds=False, from_date=20260430)
    assert related_of(firms.desk.group, FRIEND).untied == [Untied(party=PERSON, customer="borrower 1")]
    assert firms.desk.group.records.tables[CUSTOMER_TIE.name].count == 3


def test_a_document_by_which_nobody_is_registered_tells_too_once_it_is_stated_whose_it_is() -> None:
    firms = Firms(lender_in_town())
    papers = {"document": "resident_id", "number": identity_number(2)}
    papers |= {"known_document": "resident_id", "known_number": identity_number(1)}
    firms.plain("join_individuals", **papers, source="certificate", source_date=TODAY)
    assert told(firms, FRIEND) == [(PERSON, "borrower 1"), (PERSON, "borrower 2")]
    firms.tie(number=identity_number(2))
    assert told(firms, FRIEND) == [(PERSON, "borrower 1")]
    firms.plain("separate_individuals", **papers, source="certificate", source_date=TODAY, reason="a namesake")
    assert told(firms, FRIEND) == [(PERSON, "borrower 1")]
