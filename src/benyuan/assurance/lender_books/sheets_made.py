"""The sheet of all costs that is about to be shown, by the command that will ask for it; and its digest.

Source: 金规〔2026〕2号. A sheet is shown, then confirmed, and both commands name its digest, which a firm has from
here. Worked: of a draw on offer 5 the sheet of that offer, the same that `show_cost_sheet` takes.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from benyuan.assurance.as_asked import as_asked, first_fault
from benyuan.assurance.lender_books.wording import ACCOUNT_WORDS, LOAN_WORDS, in_words
from benyuan.consumer_finance.cost_sheet import Sheet, digest, of_account, of_offer
from benyuan.decisions.usecase import Case
from benyuan.engine.group import Group
from benyuan.usecases.lending.extend_loan import of_extension
from benyuan.usecases.lending.make_plan import of_plan

SHEETS: Mapping[str, Callable[[Case, int], Sheet]] = {
    "draw_loan": of_offer,
    "draw_further": of_offer,
    "open_credit_account": of_account,
    "confirm_cost_sheet": of_account,
    "make_plan": of_plan,
    "extend_loan": of_extension,
}
"""The commands that ask for a sheet, and how theirs is made."""
OF_ACCOUNT = ("open_credit_account", "confirm_cost_sheet")


class SheetMade(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet to be shown. `items` in fen and millionths; `words`: those that are words."""

    kind: str
    on: int
    items: dict[str, int]
    words: dict[str, Any]
    digest: str


def sheet_made(group: Group, *, kind: str, on: int, fields: Mapping[str, Any]) -> SheetMade:
    """The sheet that a command of `kind` would ask for on a day, by its fields without the digest.

    Errors: LookupError for a kind that asks for none; BadInput where the command would be bad input.
    """
    if kind not in SHEETS:
        raise LookupError(f"{kind} asks for no sheet of costs; these do: {', '.join(SHEETS)}")
    columns = {name: [value] for name, value in {**fields, "cost_sheet": ""}.items()}
    asked = as_asked(group, kind=kind, on=on, columns=columns)
    faults = group.use_cases[kind].faults(asked)
    first_fault({place: fault for place, fault in faults.items() if fault.field != "cost_sheet"})
    sheet = SHEETS[kind](asked, 0)
    items = {name: int(value) for name, value in sheet.items()}
    words = in_words(items, words=ACCOUNT_WORDS if kind in OF_ACCOUNT else LOAN_WORDS)
    told = {name: word for name, word in words.items() if isinstance(word, str)}
    return SheetMade(kind=kind, on=on, items=items, words=told, digest=digest(sheet))
