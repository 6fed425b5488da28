"""The fields of one command as an argument: a JSON object."""

from typing import Any


def fields_of(text: str) -> dict[str, Any]:
    """The fields by name. Errors: BadInput for what is no object, or an empty one."""
    import msgspec

    from benyuan.values.errors import BadInput

    try:
        found: dict[str, Any] = msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise BadInput("fields", text, f"an object in JSON: {error}") from error
    if not found:
        raise BadInput("fields", text, "at least one field")
    return found
