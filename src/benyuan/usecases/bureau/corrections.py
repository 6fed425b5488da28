"""Which commands correct what members furnished, and whether one of them is about given data.

Source: State Council Order 631, art. 25 ¶3. Told from the log alone, so that it can be decided again when the records
themselves are gone: the command was accepted, is of a kind that corrects, and is the furnisher's or the bureau's own.
Of a parcel the log doesn't say which accounts are in it; `objections` shows that from the pages while they are there.
"""

from benyuan.decisions.books import Books, DayCommands

CORRECTING = (
    *("correct_months", "withdraw_parcel", "delete_account", "furnish_account", "furnish_months", "furnish_public"),
    *("split_subject", "move_public", "move_inquiries"),
)
"""What is missing is corrected by furnishing it, what is another person's by a split."""
SUBJECTS = ("subject", "into")
"""Columns of files: the one that was mixed, and the one into which things went over."""


def corrects(books: Books, position: int, *, subject: int, member: int, account: int) -> bool:
    """Whether the accepted command at a log position can have corrected these data."""
    for kind in CORRECTING:
        for found in books.commands(kind, first=position, last=position):
            if len(found.columns["position"]):
                return _is_about(found, subject=subject, member=member, account=account)
    return False


def _is_about(found: DayCommands, *, subject: int, member: int, account: int) -> bool:
    row = {name: int(column[0]) for name, column in found.columns.items()}
    if "subject" in row:
        return subject in [row[name] for name in SUBJECTS if name in row]
    if "account" in row and account:
        return row["account"] == account
    return bool(member) and row.get("member") == member
