"""`benyuan rules`: the law as this installation has it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.options import Json, Language, RuleDirectories, Spoken
from benyuan.cli.output import day, say_json, say_table, yuan
from benyuan.cli.teaching import help_of

if TYPE_CHECKING:
    from benyuan.rules import Rule, RulePack, RuleValue

app = typer.Typer(help="The rules: every limit, gate and deadline, with dates and articles.", no_args_is_help=True)


def pack_of(directories: RuleDirectories) -> "RulePack":
    """The built-in rules with those of one's own. Errors: RuleFileError."""
    from benyuan.rules import load_pack

    return load_pack(paths=tuple(directories or ()))


def list_rules(
    kind: Annotated[str | None, typer.Option(help="Only of this kind: gate, limit, ratio or deadline.")] = None,
    status: Annotated[str | None, typer.Option(help="Only with a value known so: verified, secondary...")] = None,
    language: Spoken = Language.en,
    rules: RuleDirectories = None,
    as_json: Json = False,
) -> None:
    """All rules, a line each.

    benyuan rules list
    benyuan rules list --kind limit
    benyuan rules list --status unverified --language zh
    """
    from benyuan.rules import Kind, Status
    from benyuan.values.errors import BadInput

    for name, given, allowed in (("kind", kind, Kind), ("status", status, Status)):
        if given is not None and given not in {str(item) for item in allowed}:
            raise BadInput(name, given, "one of " + ", ".join(str(item) for item in allowed))
    pack = pack_of(rules)
    found = [
        rule
        for rule in pack.rules()
        if kind in (None, str(rule.kind)) and (status is None or status in _statuses(rule))
    ]
    if as_json:
        say_json([{"id": rule.id, "kind": rule.kind, "measure": rule.measure, "title": rule.title,
                   "statuses": _statuses(rule)} for rule in found])  # fmt: skip
        return
    if not found:
        typer.echo("no rules of this kind and status")
    say_table(
        title=f"{len(found)} rules; pack {pack.digest[:16]}",
        columns=("rule", "kind", "title", "values", "status"),
        rows=[
            (rule.id, rule.kind, _title(rule, language), len(rule.values), ", ".join(_statuses(rule))) for rule in found
        ],
        right=("values",),
    )


def _statuses(rule: "Rule") -> list[str]:
    return sorted({str(value.status) for value in rule.values})


def _title(rule: "Rule", language: Language) -> str:
    return rule.title.zh if language is Language.zh else rule.title.en


def show_rule(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="A rule's id.")],
    rules: RuleDirectories = None,
    as_json: Json = False,
) -> None:
    """One rule: what it governs, its dated values with their articles, what the text leaves open.

    benyuan rules show pay.account.class2.year
    benyuan rules show qr.risk.D --json
    """
    from benyuan.rules import RulePack
    from benyuan.rules.reference import reference

    rule = pack_of(rules).rule(rule_id)
    if as_json:
        say_json(rule)
        return
    page = reference(RulePack(all_rules=(rule,)))
    section = page[page.index("## ") : page.index("## Open rows")]
    typer.echo(section.replace("<br>", "; ").strip())


def rules_at(
    date: Annotated[str, typer.Argument(metavar="YYYY-MM-DD", help="A day.")],
    language: Spoken = Language.en,
    rules: RuleDirectories = None,
    as_json: Json = False,
) -> None:
    """What held on a day: the value of every rule, or that it had none.

    benyuan rules at 2026-05-01
    benyuan rules at 2017-01-01 --language zh
    """
    from benyuan.values.dates import parse_yyyymmdd

    on = parse_yyyymmdd(date)
    pack = pack_of(rules)
    values = {rule.id: pack.in_force(id=rule.id, on=on) for rule in pack.rules()}
    if as_json:
        say_json([{"id": rule_id, "value": value} for rule_id, value in values.items()])
        return
    held = sum(value is not None for value in values.values())
    say_table(
        title=f"{held} of {len(values)} rules had a value on {day(on)}",
        columns=("rule", "title", "value", "since", "article", "status"),
        rows=[_row_at(pack.rule(rule_id), value, language) for rule_id, value in values.items()],
    )


def _row_at(rule: "Rule", value: "RuleValue | None", language: Language) -> tuple[Any, ...]:
    if value is None:
        return (rule.id, _title(rule, language), "none", "", "", "")
    place = f"{value.cite.document}{value.cite.article or ''}{value.cite.item or ''}"
    return (rule.id, _title(rule, language), figure_of(value), day(value.in_force), place, value.status)


def figure_of(value: "RuleValue") -> str:
    """A value's main figure for people; `rules show` has its further figures."""
    from benyuan.rules import Unit
    from benyuan.rules.quantities import percent_text

    if value.agreed:
        return "as agreed"
    match value.unit:
        case Unit.FLAG:
            return "yes"
        case Unit.CNY:
            return f"{yuan(value.fen)} yuan"
        case Unit.RATIO_PPM:
            return f"{len(value.slices)} steps" if value.slices else percent_text(value.ppm)
        case Unit.TABLE:
            return f"{len(value.tiers)} tiers"
        case _:
            return f"{value.count} {value.unit.replace('_', ' ')}"


for name, command in (("list", list_rules), ("show", show_rule), ("at", rules_at)):
    app.command(name, help=help_of(command))(command)
