"""`benyuan protection products, level, tests, sales, sale`: the register, what somebody may buy, tests, sales."""

from typing import Annotated, Any, TypeAlias

import typer

from benyuan.cli.failures import FOUND, NotFound
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, moment, say_json, say_table, yuan

On: TypeAlias = Annotated[
    int, typer.Option("--on", metavar="DATE", help="As of this day, as yyyymmdd; the log's last day without it.")
]
Whose: TypeAlias = Annotated[int, typer.Option("--person", min=0, help="Only those of this person.")]
CAN_BUY = "valid"


def products(on: On = 0, database: Database = None, as_json: Json = False) -> None:
    """Every product of the group: what it is, its level, whether it is on sale, the version of its terms on a day.

    benyuan protection products
    benyuan protection products --on 20260401 --json

    The level is the higher of the maker's rating and the seller's. A product that the committee has not approved on the
    terms of the day, that is suspended, or that was rated anew since the terms were published, is not sold.
    """
    from benyuan.assurance.protection.suitability import products as listed
    from benyuan.values.dates import local_day

    with reading(database) as group:
        rows = listed(group, on=on or local_day(group.last_at))
    if as_json:
        say_json(rows)
        return
    if not rows:
        typer.echo("no products")
    columns = ("product", "what", "name", "maker", "level", "state", "terms")
    shown = [
        (
            str(row["number"]),
            row["sort"],
            row["name"],
            row["maker"],
            f"{row['level']} of ({row['maker_level']}, {row['seller_level']})" if row["level"] else "",
            row["state"],
            str(row["terms"] or "none"),
        )
        for row in rows
    ]
    say_table(title="Products", columns=columns, rows=shown, right=("product", "terms"))


def level(
    person: Annotated[int, typer.Argument(min=1, metavar="PERSON", help="The person's id.")],
    on: On = 0,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """What a person may buy on a day: the level that counts, until when, and how many tests are left.

    benyuan protection level 7

    Exit code 1 where nothing may be sold to them as things stand: never tested, the result lapsed, or told of a change.
    A higher result that waits to be confirmed is shown with the test that `confirm_level` names.
    """
    from benyuan.assurance.protection.suitability import level_of
    from benyuan.values.dates import local_day

    with reading(database) as group:
        told = level_of(group, person=person, on=on or local_day(group.last_at))
    if told is None:
        raise NotFound(f"person {person} is no investor: `register_investor` makes one")
    if as_json:
        say_json(told)
    else:
        _say_level(told)
    if told["state"] != CAN_BUY:
        raise typer.Exit(FOUND)


def _say_level(told: dict[str, Any]) -> None:
    lines = [f"person {told['person']}: level {told['level'] or 'none'}, {told['state']}"]
    if told["tested_on"]:
        lines.append(f"tested on {day(told['tested_on'])}, holds through {day(told['valid_through'])}")
        lines.append(f"stated assets that count {yuan(told['assets_fen'])}")
    if told["assets_to_confirm_fen"]:
        lines.append(f"stated last {yuan(told['assets_to_confirm_fen'])}, which waits for `confirm_assets`")
    if told["to_confirm"]:
        lines.append(f"test {told['to_confirm']} gave level {told['new_level']}, which waits to be confirmed")
    lines.append(
        f"tests left: {told['tests_left_today']} on the day, {told['tests_left']} in the months counted together"
    )
    typer.echo("\n".join(lines))


def tests(person: Whose = 0, database: Database = None, as_json: Json = False) -> None:  # noqa: PT028  the command
    """Tests of what people can bear: points, level, and the change from the one before.

    benyuan protection tests --person 7

    Answers are sealed and not shown. Somebody whose level climbs from test to test stands out here.
    """
    from benyuan.assurance.protection.suitability import taken_tests as listed

    with reading(database) as group:
        rows = listed(group, person=person)
    if as_json:
        say_json(rows)
        return
    if not rows:
        typer.echo("no tests")
    columns = ("test", "person", "on", "version", "points", "level", "change", "counts from")
    shown = [
        (
            *(str(row[name]) for name in ("number", "person")),
            day(row["on_date"]),
            *(str(row[name]) for name in ("questionnaire", "points", "level")),
            f"{row['change']:+d}" if row["change"] else "",
            day(row["counts_from"]) if row["counts_from"] else "waits",
        )
        for row in rows
    ]
    say_table(
        title="Tests", columns=columns, rows=shown, right=("test", "person", "version", "points", "level", "change")
    )


def sales(person: Whose = 0, database: Database = None, as_json: Json = False) -> None:
    """What was sold to whom: both levels, the test and the terms it rests on, and until when it may be cancelled.

    benyuan protection sales --person 7
    benyuan protection terms 3 --on 20260310

    `benyuan why` explains each by its ID.
    """
    from benyuan.assurance.protection.suitability import sales as listed

    with reading(database) as group:
        rows = listed(group, person=person)
    if as_json:
        say_json(rows)
        return
    if not rows:
        typer.echo("no sales")
    columns = ("sale", "ID", "person", "product", "amount", "on", "levels", "test", "terms", "cancel by")
    shown = [
        (
            *(str(row[name]) for name in ("number", "position", "person", "product")),
            yuan(row["amount_fen"]),
            day(row["sold_on"]),
            f"{row['product_level']} to {row['level']}" + (", art. 38" if row["excepted"] else ""),
            *(str(row[name]) for name in ("test", "terms")),
            f"cancelled {day(row['cancelled_on'])}"
            if row["cancelled_on"]
            else day(row["cancel_by"])
            if row["cancel_by"]
            else "",
        )
        for row in rows
    ]
    say_table(title="Sales", columns=columns, rows=shown, right=("sale", "ID", "person", "product", "amount"))


def sale(
    number: Annotated[int, typer.Argument(min=1, metavar="SALE", help="The sale's number.")],
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The life of a sale: each command that moved its money or shares, and the legs of each; what waits, what is held.

    benyuan protection sale 7

    A refund is traced here both ways: from the sale to what came back, and to the account that it came back to.
    `benyuan why` explains each command by its ID.
    """
    from benyuan.assurance.protection.sale_life import sale_life

    with reading(database) as group:
        told = sale_life(group, sale=number)
    if told is None:
        raise NotFound(f"no sale {number}")
    if as_json:
        say_json(told)
        return
    row = told["sale"]
    typer.echo(
        f"sale {number}: product {row['product']} to person {row['person']} for {yuan(row['amount_fen'])}; "
        f"{yuan(told['waiting_fen'])} wait, {yuan(told['held_shares'])} shares are held"
    )
    steps = [(step["what"], moment(step["at"]), str(step["ID"]), yuan(step["fen"])) for step in told["steps"]]
    say_table(title="Steps, in yuan", columns=("what", "at", "ID", "amount"), rows=steps, right=("ID", "amount"))
    names = ("what", "debit", "credit")
    legs = [
        (str(entry["leg"]), str(entry["ID"]), *(entry[name] for name in names), yuan(entry["amount"]))
        for entry in told["entries"]
    ]
    columns = ("leg", "ID", *names, "amount")
    say_table(title="Legs, in yuan or shares", columns=columns, rows=legs, right=("leg", "ID", "amount"))
