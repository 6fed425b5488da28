"""One command that a statement becomes, before the numbers of its bodies are known.

Worked shape: a stake names the records of its owner and of what is owned, in `bodies`.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command: its fields, and by field the record of the body that belongs there; `record`: whom it registers."""

    line: int
    key: str
    kind: str
    fields: dict[str, Any]
    bodies: dict[str, str] = field(default_factory=dict)
    record: str = ""
