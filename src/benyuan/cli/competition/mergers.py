"""`benyuan competition merger` and `clock`: whether a merger is notified first, and when its review ends."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.competition.reading import On, day_of, parties_of
from benyuan.cli.options import Json, RuleDirectories
from benyuan.cli.output import day, say_json, say_table, yuan
from benyuan.cli.rules import pack_of

if TYPE_CHECKING:
    from benyuan.governance.competition import Notification, Party, Step, Stop


def merger(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The parties, as JSON or YAML.")],
    on: On,
    held: Annotated[
        str,
        typer.Option("--held", metavar="SHARE", help="Smallest stake that one has in every other party, such as 60%."),
    ] = "0%",
    rules: RuleDirectories = None,
    as_json: Json = False,
) -> None:
    """Whether a merger has to be notified before it is carried out, and how far it is from each line.

        benyuan competition merger parties.yaml --on 2026-05-15

    The file, as JSON or YAML; amounts are yuan in quotation marks:

        {"parties": [{"name": "buyer", "world": "9000000000.00", "china": "3000000000.00", "year": 2025,
                      "source": "Annual report 2025", "dated": "2026-03-31"},
                     {"name": "target", "world": "4000000000.00", "china": "900000000.00", "year": 2025}]}

    Turnover is that of a party with its whole group, of a seller only what is sold, in the calendar year before the
    day; another year is refused. Lines are those of 国务院令第773号 art. 3 since 2024-01-22, before it the lower ones
    of 2008. More than the figure is asked for: at it, nothing need be notified. A merger within a group (--held 50% or
    more) is free of it. Below the lines the agency may still call a merger in. The exit code is 0 whatever the answer.
    """
    from benyuan.governance.competition import notification_of
    from benyuan.rules.quantities import ratio_ppm

    parties = parties_of(file)
    stake = ratio_ppm(held, field="--held")
    made = notification_of(parties, on=day_of(on, field="--on"), rules=pack_of(rules), held_ppm=stake)
    if as_json:
        say_json(made)
    else:
        _say_merger(made, parties)


def _say_merger(made: "Notification", parties: "list[Party]") -> None:
    named = [(each.name, yuan(each.world_fen), yuan(each.china_fen), each.source.text()) for each in parties]
    columns = ("party", "world", "China", "source")
    say_table(title=f"Turnover of {made.year}, yuan", columns=columns, rows=named, right=("world", "China"))
    rows = []
    for each in made.tests:
        rows.append(
            (f"together, {each.turnover}", yuan(each.total_fen), yuan(each.threshold_fen), yuan(each.total_over_fen))
        )
        what = f"party {each.parties_needed} in China"
        rows.append((what, yuan(each.enough_fen), yuan(each.each_fen), yuan(each.each_over_fen)))
        rows.append(("both met" if each.met else "not both met", "", "", ""))
    columns = ("", "has", "more than", "over by")
    say_table(title=made.place.text(), columns=columns, rows=rows, right=columns[1:])
    typer.echo(_answer(made))


def _answer(made: "Notification") -> str:
    if made.within_group:
        return f"need not be notified: within a group ({made.group_place.text()})"
    if made.must_file:
        return "to be notified, and not carried out before"
    if made.may_be_called_in is None:
        return "need not be notified"
    return f"need not be notified, unless the agency calls it in ({made.may_be_called_in.text()})"


def clock(
    complete: Annotated[
        str, typer.Option("--complete", metavar="DATE", help="The day on which the file was complete.")
    ],
    further: Annotated[
        str | None, typer.Option("--further", metavar="DATE", help="The day on which further review was decided.")
    ] = None,
    extension: Annotated[int, typer.Option("--extension", metavar="DAYS", help="By how much it was extended.")] = 0,
    stop: Annotated[
        list[str] | None,
        typer.Option("--stop", metavar="FROM=UNTIL", help="The clock stands from a day to before another; repeatable."),
    ] = None,
    rules: RuleDirectories = None,
    as_json: Json = False,
) -> None:
    """When the review of a merger ends: 30 days, 90 more, and at most 60 beyond them.

        benyuan competition clock --complete 2026-03-02
        benyuan competition clock --complete 2026-03-02 --further 2026-04-01 --extension 60
        benyuan competition clock --complete 2026-03-02 --stop 2026-03-10=2026-03-20

    Calendar days; the day of the file and of the decision are not counted. Until the end of a term, or a decision
    before it, the merger is not carried out; when a term has passed without one, it may be. Since 2022-08-01 the agency
    may stop the clock; `2026-03-10=` is a stop that has not ended.
    """
    from benyuan.governance.competition import review_of

    steps = review_of(
        complete_on=day_of(complete, field="--complete"),
        further_on=day_of(further, field="--further") if further else None,
        extension_days=extension,
        stops=[_stop(each) for each in stop or ()],
        rules=pack_of(rules),
    )
    if as_json:
        say_json({"steps": steps})
        return
    _say_steps(steps)


def _say_steps(steps: "list[Step]") -> None:
    rows = [
        (
            each.step,
            day(each.begins_on),
            each.days,
            each.stopped_days,
            "the clock stands" if each.due_on is None else day(each.due_on),
            "" if each.free_from is None else day(each.free_from),
        )
        for each in steps
    ]
    columns = ("term", "begins", "days", "stopped", "ends", "without a decision free from")
    say_table(title=steps[0].place.text(), columns=columns, rows=rows, right=("days", "stopped"))


def _stop(text: str) -> "Stop":
    from benyuan.governance.competition import Stop

    begins, _, ends = text.partition("=")
    until = day_of(ends, field="--stop") if ends else None
    return Stop(from_on=day_of(begins, field="--stop"), until_on=until)
