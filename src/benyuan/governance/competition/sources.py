"""Where a figure comes from: a document and its date, or nowhere, and then it is called invented wherever it is shown.

Serves every figure of fair competition: a share of a market that nobody can trace proves nothing. Worked: the source
"Annual report 2025" of 2026-03-31 reads as that of a body's facts does, "Annual report 2025 (20260331)".
"""

import msgspec

from benyuan.parties.bodies.sources import source_of
from benyuan.values.dates import from_yyyymmdd
from benyuan.values.errors import BadInput


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A document and its date (yyyymmdd), or neither. Raises BadInput for one without the other."""

    document: str = ""
    dated_on: int = 0

    def __post_init__(self) -> None:
        if self.document and not self.dated_on:
            raise BadInput("dated", "", f"the date of the document {self.document!r}")
        if self.dated_on:
            from_yyyymmdd(self.dated_on)
            if not self.document.strip():
                raise BadInput("source", self.document, "the document that bears this date")

    @property
    def invented(self) -> bool:
        """Whether there is no document."""
        return not self.document

    def text(self) -> str:
        """As it is shown beside its figure."""
        return source_of(source=self.document, source_date=self.dated_on, invented=self.invented)


INVENTED = Source()
