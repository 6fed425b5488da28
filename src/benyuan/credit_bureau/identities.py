"""By what a person is known at a bureau: the kind and number of the identity document, within that bureau."""

from benyuan.parties.documents import DocumentKind, normal_number

SEPARATOR = "\x1f"


def keeper_of(bureau: int) -> str:
    """Within whom an identity is one."""
    return f"bureau {bureau}"


def subject_text(*, bureau: int, document: DocumentKind, number: str) -> str:
    """The text that stands for a person's identity at a bureau; the same that `PersonalFields` makes there."""
    return SEPARATOR.join(("person", keeper_of(bureau), document.value, normal_number(number)))


def reference_text(*, bureau: int, member: int, number: str) -> str:
    """The text of which a member's account number becomes a keyed number."""
    return SEPARATOR.join(("account", str(bureau), str(member), number))
