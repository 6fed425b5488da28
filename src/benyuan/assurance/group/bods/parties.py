"""Bodies and individuals read: the command that registers each.

Worked number: an entity with a sound unified social credit code, whoever its scheme says issued it, has that code.
"""

from collections.abc import Sequence
from typing import Any

from benyuan.assurance.group.bods.fields import day, kept, source, word
from benyuan.assurance.group.bods.reading import Misfit, Read
from benyuan.assurance.group.bods.statements import Entity, Identifier, Kept, Person, Statement
from benyuan.assurance.group.bods.steps import Step
from benyuan.assurance.group.bods.words import CODE_SCHEME, ID_CARD, KIND_OF, OF_KIND, PASSPORT_ENDS, place_of
from benyuan.parties.bodies.vocabulary import BodyKind, Business, Place
from benyuan.parties.credit_codes import credit_code_fault
from benyuan.parties.documents import DocumentKind, normal_number


def registering(each: Read, details: Entity | Person) -> Step:
    """The command for one of them. Errors: Misfit."""
    statement = each.statement
    told, where_from = kept(statement), source(statement)
    if isinstance(details, Person):
        kind, fields = "register_individual", _individual(details, told, statement)
    else:
        kind, fields = "register_body", _body(details, told, statement)
    return Step(
        line=each.line,
        key=statement.statement_id,
        kind=kind,
        fields={**fields, **where_from},
        record=statement.record_id,
    )


def _begins(told: Kept, statement: Statement, founded: str = "") -> int:
    if told.from_date:
        return day(told.from_date, "annotations.benyuan.fromDate")
    if founded:
        return day(founded, "recordDetails.foundingDate")
    return day(statement.statement_date, "statementDate")


def _body(details: Entity, told: Kept, statement: Statement) -> dict[str, Any]:
    form = details.entity_type.type
    if form not in KIND_OF:
        raise Misfit("recordDetails.entityType.type", form, "one of " + ", ".join(KIND_OF))
    kind = KIND_OF[form]
    if told.kind:
        kind = word(BodyKind, told.kind, "annotations.benyuan.kind")
        if OF_KIND.get(kind, ("",))[0] != form:
            raise Misfit("annotations.benyuan.kind", told.kind, f"a kind of {form}")
    if not details.name:
        raise Misfit("recordDetails.name", "", "a name")
    where = details.jurisdiction
    place = place_of(name=where.name, code=where.code) if where else None
    if place is None:
        said = where.name if where else ""
        raise Misfit("recordDetails.jurisdiction", said, "a jurisdiction with its code (ISO 3166-1 or -2)")
    return {
        "name": details.name,
        "kind_of_body": kind.value,
        "place": place.value,
        "code": _code(details.identifiers),
        "business": word(Business, told.business or Business.none, "annotations.benyuan.business").value,
        "from_date": _begins(told, statement, details.founding_date),
    }


def _code(identifiers: Sequence[Identifier]) -> str:
    """The unified social credit code among the identifiers; empty where none is one."""
    for each in identifiers:
        code = normal_number(each.id)
        fault = credit_code_fault(code)
        if fault is None:
            return code
        if each.scheme_name == CODE_SCHEME:
            raise Misfit("recordDetails.identifiers", "(not shown)", fault)
    return ""


def _individual(details: Person, told: Kept, statement: Statement) -> dict[str, Any]:
    name = next((each.full_name for each in details.names if each.type in ("", "legal")), "")
    if not name:
        raise Misfit("recordDetails.names", "", "a legal name")
    for each in details.identifiers:
        document = _document(each)
        if document is not None:
            return {
                "document": document.value,
                "number": each.id,
                "full_name": name,
                "place": word(Place, told.place, "annotations.benyuan.place").value
                if told.place
                else _place_by(document, each.scheme).value,
                "from_date": _begins(told, statement),
            }
    raise Misfit("recordDetails.identifiers", "", "an identity document, such as CHN-IDCARD, or --known RECORD=BODY")


def _document(identifier: Identifier) -> DocumentKind | None:
    if identifier.scheme_name in list(DocumentKind):
        return DocumentKind(identifier.scheme_name)
    if identifier.scheme == ID_CARD:
        return DocumentKind.resident_id
    return DocumentKind.passport if identifier.scheme.endswith(PASSPORT_ENDS) else None


def _place_by(document: DocumentKind, scheme: str) -> Place:
    if document is DocumentKind.resident_id or scheme == f"CHN{PASSPORT_ENDS}":
        return Place.mainland
    beside = (DocumentKind.hmt_residence_permit, DocumentKind.hm_travel_permit, DocumentKind.taiwan_travel_permit)
    return Place.hong_kong_macao_taiwan if document in beside else Place.abroad
