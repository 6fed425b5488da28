"""`benyuan bureau register, standing, admit, agree, members`: the bureau, and who furnishes to it or asks it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.bureau.doing import Home, carry_out, rows_of, word
from benyuan.cli.options import Database, Json, Keys, reading
from benyuan.cli.output import day, say_json, say_table

if TYPE_CHECKING:
    from benyuan.engine.group import Group

FEN_A_YUAN = 100
Day = Annotated[int, typer.Option("--from", metavar="DATE", help="From this day on, as yyyymmdd.")]
Member = Annotated[int, typer.Argument(metavar="MEMBER", min=1, help="The member's number.")]


def register(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name.")],
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Register a credit bureau; it answers nobody before its licence is recorded (`standing`).

    benyuan bureau register "Benyuan Credit"
    """
    from benyuan.usecases.bureau.register_bureau import BureauFields

    carry_out(BureauFields(name=name), database=database, keys=keys, as_json=as_json)


def standing(
    from_date: Day,
    until: Annotated[int, typer.Option("--until", metavar="DATE", help="The licence's last day; 0: none.")],
    capital: Annotated[int, typer.Option("--capital", min=0, help="The registered capital, in whole yuan.")],
    bureau: Home = 1,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Record the bureau's licence, which lasts three years at most, and its capital from a day on.

    benyuan bureau standing --from 20260101 --until 20281231 --capital 60000000
    """
    from benyuan.usecases.bureau.record_bureau_standing import BureauStandingFields

    command = BureauStandingFields(
        bureau=bureau, from_date=from_date, licensed_until=until, capital_fen=capital * FEN_A_YUAN
    )
    carry_out(command, database=database, keys=keys, as_json=as_json)


def admit(
    sort: Annotated[str, typer.Option("--sort", help="bank, consumer-finance, micro-lender, insurer, utility...")],
    lender: Annotated[int, typer.Option("--lender", min=0, help="The lender of this group that it is.")] = 0,
    bureau: Home = 1,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Admit a member; what it may do its contract says (`agree`).

    benyuan bureau admit --sort consumer-finance --lender 1
    """
    from benyuan.credit_bureau.vocabulary import MemberSort
    from benyuan.usecases.bureau.admit_member import AdmitMemberFields
    from benyuan.values.errors import BadInput

    if sort not in list(MemberSort):
        raise BadInput("sort", sort, "one of " + ", ".join(MemberSort))
    command = AdmitMemberFields(bureau=bureau, sort=MemberSort(sort), lender=lender)
    carry_out(command, database=database, keys=keys, as_json=as_json)


def agree(
    member: Member,
    from_date: Day,
    until: Annotated[int, typer.Option("--until", metavar="DATE", help="The last day; 0: open.")] = 0,
    furnishes: Annotated[str, typer.Option(help="accounts,months,inquiries,public; or all.")] = "",
    asks: Annotated[str, typer.Option(help="loan,credit-card,guarantor,representative,post-loan; or all.")] = "",
    reported: Annotated[int, typer.Option(metavar="DATE", help="When it was reported to the central bank.")] = 0,
    reviewed: Annotated[int, typer.Option(metavar="DATE", help="When the bureau had examined it.")] = 0,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """What a member may furnish and ask for by its contract, from a day on.

        benyuan bureau agree 1 --from 20260101 --furnishes all --asks loan,post-loan
            --reported 20251220 --reviewed 20251222

    Who furnishes was reported before, who asks was examined before; else it is refused.
    """
    from benyuan.usecases.bureau.agree_membership import MembershipFields

    command = MembershipFields(
        member=member,
        from_date=from_date,
        until=until,
        furnishes=furnishes,
        asks=asks,
        reported_on=reported,
        reviewed_on=reviewed,
    )
    carry_out(command, database=database, keys=keys, as_json=as_json)


def members(database: Database = None, as_json: Json = False) -> None:
    """All members: what they are, what their contract of the log's last day lets them do, and who is stopped.

    benyuan bureau members
    """
    with reading(database) as group:
        rows = _member_rows(group)
    if as_json:
        say_json(rows)
        return
    if not rows:
        typer.echo("no members")
    columns = ("member", "bureau", "sort", "lender", "furnishes", "asks", "until", "state")
    shown = [
        (
            str(row["member"]),
            str(row["bureau"]),
            row["sort"],
            str(row["lender"] or ""),
            ", ".join(row["furnishes"]),
            ", ".join(row["asks"]),
            day(row["until"]),
            row["state"],
        )
        for row in rows
    ]
    say_table(title="Members", columns=columns, rows=shown, right=("member", "bureau", "lender"))


def _member_rows(group: "Group") -> list[dict[str, Any]]:
    import numpy as np

    from benyuan.credit_bureau.records import MEMBER_TERMS
    from benyuan.credit_bureau.vocabulary import MEMBER_SORT_NUMBER
    from benyuan.credit_bureau.words import PURPOSE_BITS, SORT_BITS
    from benyuan.decisions.words import words_of
    from benyuan.values.dates import local_day

    made = []
    for row in rows_of(group, "bureau_member"):
        owner = np.array([row["number"]], np.int64)
        found = group.records.look_up(MEMBER_TERMS, owner, on=local_day(group.last_at))
        terms = {name: int(column[0]) for name, column in found.items()}
        state = "left" if row["ended_on"] else "stopped" if row["stopped"] else "active"
        made.append(
            {
                "member": row["number"],
                "bureau": row["bureau"],
                "sort": word(MEMBER_SORT_NUMBER, row["sort"]),
                "lender": row["lender"],
                "furnishes": words_of(terms["furnishes"], SORT_BITS),
                "asks": words_of(terms["asks"], PURPOSE_BITS),
                "until": terms["until"],
                "state": state,
            }
        )
    return made
