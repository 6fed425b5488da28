"""Bodies and individuals: registered once, each with a source, names of individuals sealed."""

from pathlib import Path
from typing import Any

import pytest

from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Answer
from benyuan.parties.bodies.records import BODY, BODY_BUSINESS
from benyuan.parties.bodies.vocabulary import BUSINESS_NUMBER, TYPE_OF, Business
from benyuan.simulate.identities import credit_code, full_name, identity_number
from tests.unit.engine.groups import Desk, in_memory, on_file

SOURCE = {"source": "register of companies", "source_date": 20260401}


def body(desk: Desk, kind: str = "register_body", **fields: Any) -> Answer:
    given: dict[str, Any] = {"name": "Lakeside Bank", "kind_of_body": "company", "from_date": 20200101}
    if kind != "register_body":
        given = {"from_date": 20200101}
    return desk.one(REGISTRY[kind](**{**given, **SOURCE, **fields}))


def individual(desk: Desk, number: int, **fields: Any) -> Answer:
    named = {"document": "resident_id", "number": identity_number(number), "full_name": full_name(number)}
    return body(desk, "register_individual", **{**named, **fields})


def fault(answer: Answer) -> tuple[str, str]:
    assert answer.invalid is not None
    return answer.invalid.field, answer.invalid.constraint


def test_bodies_and_individuals_share_their_numbers() -> None:
    desk = in_memory()
    assert body(desk, code=credit_code(1)).results["body"] == 1
    assert individual(desk, 1).results["body"] == 2
    assert body(desk, place="abroad").results["body"] == 3
    assert body(desk, place="abroad").results["body"] == 4, "without a code two of a name are two"


@pytest.mark.parametrize("at_once", [False, True])
def test_a_code_and_a_document_are_one_body_each(at_once: bool) -> None:
    desk = in_memory()
    firm = REGISTRY["register_body"](
        name="A", kind_of_body="company", from_date=20200101, code=credit_code(1), **SOURCE
    )
    answers = list(desk.ask(firm, firm)) if at_once else [desk.one(firm), desk.one(firm)]
    assert answers[0].accepted
    assert fault(answers[1]) == ("code", "one that no body has: body 1 has it")
    assert individual(desk, 7).accepted
    again = individual(desk, 7)
    assert fault(again)[0] == "number"
    assert identity_number(7) not in str(again.invalid)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"source": "", "source_date": 0}, "source"),
        ({"invented": True}, "source"),
        ({"source_date": 0}, "source_date"),
        ({"source_date": 20260230}, "source_date"),
        ({"source_date": 20260502}, "source_date"),
        ({"source": "  ", "source_date": 20260401}, "source"),
        ({"from_date": 20260230}, "from_date"),
        ({"kind_of_body": "individual"}, "kind_of_body"),
        ({"name": "\u2029"}, "name"),
        ({"code": credit_code(1)[:-1] + "!"}, "code"),
    ],
)
def test_what_does_not_fit_is_named(given: dict[str, Any], field: str) -> None:
    desk = in_memory()
    assert fault(body(desk, **given))[0] == field
    assert desk.group.records.tables[BODY.name].count == 0


def test_the_day_of_a_source_may_be_today() -> None:
    assert body(in_memory(), source_date=20260501).accepted
    assert body(in_memory(), source="", source_date=0, invented=True).accepted


def test_what_a_body_does_is_dated() -> None:
    desk = in_memory()
    body(desk)
    changed = body(desk, "record_body_business", body=1, business="commercial_bank", book=1, from_date=20260701)
    assert changed.accepted
    held = desk.group.records.tables[BODY_BUSINESS.name]
    assert held.column("business")[1:3].tolist() == [
        BUSINESS_NUMBER[Business.none],
        BUSINESS_NUMBER[Business.commercial_bank],
    ]
    assert held.column("from_date")[1:3].tolist() == [20200101, 20260701]


def test_an_individual_does_no_business_and_nobody_that_there_is_not_does() -> None:
    desk = in_memory()
    individual(desk, 1)
    assert fault(body(desk, "record_body_business", body=1, business="trust", from_date=20260701))[0] == "body"
    assert fault(body(desk, "record_body_business", body=2, business="trust", from_date=20260701))[0] == "body"


def test_names_of_individuals_are_nowhere_in_the_file(tmp_path: Path) -> None:
    desk = on_file(tmp_path / "group.db")
    body(desk, code=credit_code(1))
    individual(desk, 1)
    desk.group.close()
    held = b"".join(path.read_bytes() for path in tmp_path.glob("group.db*") if path.is_file())
    assert b"Lakeside Bank" in held
    for secret in (identity_number(1), full_name(1), credit_code(1)):
        assert secret.encode() not in held


def test_five_types_of_institution_and_a_sixth_that_is_recognised() -> None:
    assert set(TYPE_OF.values()) == {1, 2, 3, 4, 5, 6}
    assert TYPE_OF[Business.securities] == TYPE_OF[Business.fund_manager]
    for business in (Business.village_bank, Business.consumer_finance, Business.payment, Business.credit_bureau):
        assert business not in TYPE_OF
