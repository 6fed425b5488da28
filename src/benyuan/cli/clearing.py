"""What `benyuan day` and `benyuan why` say of the clearing house's file of single transactions."""

from typing import Any

import typer

from benyuan.cli.options import Language
from benyuan.cli.output import day, say_table, yuan

SHOWN = 20
LINES = {
    "balance": "balance of the clearing account",
    "transit": "in transit: no line of the house names it yet",
    "open": "open items, book less file",
    "resolved": "items resolved by people, book less file",
    "unexplained": "what nothing explains",
    "file": "cleared by the lines that this close matched",
}
STATES = {
    "en": {
        "matched": "matched with the clearing house's file",
        "in_transit": "in transit: no line of the clearing house's file names it yet",
        "not_looked_at": "not looked at by a close yet, or from before the first file",
        "only_in_book": "OPEN: no line of the clearing house's file names it",
        "only_in_file": "OPEN: no transaction answers the line",
        "amount_differs": "OPEN: the amounts differ",
        "resolved": "resolved by people",
    },
    "zh": {
        "matched": "与清算机构明细一致",
        "in_transit": "在途：清算机构明细尚未列示",
        "not_looked_at": "尚未核对，或早于首份明细",
        "only_in_book": "未达：清算机构明细未列示",
        "only_in_file": "未达：明细无对应交易",
        "amount_differs": "金额不符",
        "resolved": "经人工核对处理",
    },
}
FIGURES = ("direction", "order", "line", "cleared_on", "clearing_item", "hint", "reason")


def show_clearing(found: dict[str, Any], transit: list[dict[str, Any]]) -> None:
    """A matched day: the balances of both accounts and what explains them, the open items, what is in transit."""
    rows = [(line, yuan(found[f"{name}_in_fen"]), yuan(found[f"{name}_out_fen"])) for name, line in LINES.items()]
    heads = ("", "owed in, yuan", "owed out, yuan")
    title = f"The clearing house's file: {found['lines']:,} lines, {found['matched']:,} matched, {found['open']:,} open"
    say_table(title=title, columns=heads, rows=rows, right=heads[1:])
    columns = (
        "item",
        "what",
        "direction",
        "ID",
        "kind",
        "booked",
        "cleared",
        "in book",
        "in file",
        "reference",
        "since",
    )
    shown = [
        (
            str(item["clearing_item"]),
            item["finding"].replace("_", " "),
            item["direction"],
            str(item["order"] or ""),
            item["kind"],
            day(item["booked_on"]),
            day(item["cleared_on"]),
            yuan(item["book_fen"]),
            yuan(item["file_fen"]),
            item["reference"],
            _since(item),
        )
        for item in found["items"]
    ]
    say_table(
        title="Open items of the clearing house's file", columns=columns, rows=shown, right=("in book", "in file")
    )
    moved = [
        (row["direction"], str(row["order"]), day(row["booked_on"]), yuan(row["amount_fen"])) for row in transit[:SHOWN]
    ]
    title = f"In transit: {len(transit):,} transactions" + (f", the first {SHOWN}" if len(transit) > SHOWN else "")
    say_table(title=title, columns=("direction", "ID", "booked", "yuan"), rows=moved, right=("yuan",))


def say_clearing(found: list[dict[str, Any]], language: Language) -> None:
    """What became of a transaction or a line at the clearing house."""
    words = STATES[language.value]
    for row in found:
        shown = [name for name in FIGURES if language is Language.en or name != "hint"]
        told = [f"{name} {row[name]}" for name in shown if row.get(name)]
        amounts = [yuan(row[name]) for name in ("amount_fen", "book_fen", "file_fen") if row.get(name)]
        typer.echo(f"  [{words[row['state']]}]  " + ", ".join([*amounts[:1], *told]))


def _since(item: dict[str, Any]) -> str:
    """What has become of an item since."""
    if item["matched_on"]:
        return f"matched {day(item['matched_on'])}"
    return f"{item['reason'].replace('_', ' ')}, ID {item['resolved']}" if item["resolved"] else item.get("hint", "")
