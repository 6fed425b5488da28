"""Files of a market and of a merger, and the options that commands of `benyuan competition` share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias, TypeVar

import typer

from benyuan.cli.failures import BadFile
from benyuan.cli.options import reading

if TYPE_CHECKING:
    from benyuan.governance.competition import Figure, Market, Party, Source
    from benyuan.rules.nodes import Node, Section

T = TypeVar("T")

On: TypeAlias = Annotated[str, typer.Option("--on", metavar="DATE", help="The day whose law governs, as 2026-05-15.")]
MarketFile: TypeAlias = Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A market, as JSON or YAML.")]
InLog: TypeAlias = Annotated[
    int, typer.Option("--market", metavar="NUMBER", help="A market of the log (define_market), in place of a file.")
]

MARKET_FIELDS = ("product", "area", "from", "until", "defined_on", "figures")
SOURCE_FIELDS = ("source", "dated")
FEN = "fen"


def market_of(path: Path) -> "Market":
    """The market in a file. Raises BadFile, BadInput, OSError."""
    return _read(path, _market)


def market_given(path: Path | None, *, number: int, database: str | None) -> "Market":
    """That of the file, or that of the log: one of the two. Raises BadFile, BadInput, OSError."""
    from benyuan.values.errors import BadInput

    if (path is None) is (number == 0):
        raise BadInput("--market", number, "a file, or a market of the log: one of the two")
    if path is not None:
        return market_of(path)
    from benyuan.assurance.group.competing import market_in

    with reading(database, keys=None) as group:
        return market_in(group, number)


def parties_of(path: Path) -> "list[Party]":
    """The parties in a file. Raises BadFile, BadInput, OSError."""
    return _read(path, lambda root: [_party(each) for each in root.section(required=("parties",))["parties"].list()])


def day_of(text: str, *, field: str) -> int:
    """A date as yyyymmdd. Raises BadInput."""
    from benyuan.values.dates import parse_yyyymmdd

    return parse_yyyymmdd(text, field=field)


def source_of(document: str | None, dated: str | None, *, field: str) -> "Source":
    """A source from two options; invented without them. Raises BadInput."""
    from benyuan.governance.competition import Source

    return Source(document=document or "", dated_on=day_of(dated, field=field) if dated else 0)


def _read(path: Path, make: "Callable[[Node], T]") -> T:
    from benyuan.rules import RuleFileError
    from benyuan.rules.nodes import compose

    try:
        return make(compose(file=path.name, text=path.read_text(encoding="utf-8-sig")))
    except RuleFileError as error:
        raise BadFile(
            file=path.name,
            where=f"line {error.line}",
            field=error.field,
            value=error.value.strip("'"),
            constraint=error.expected,
        ) from None
    except UnicodeDecodeError as error:
        raise BadFile(file=path.name, where="", field="file", value=str(error), constraint="UTF-8") from None


def _market(root: "Node") -> "Market":
    from benyuan.governance.competition import INVENTED, Market, MarketDefinition, Source

    optional = ("defined_by", "counted", "total", "total_source", "total_dated")
    section = root.section(required=MARKET_FIELDS, optional=optional)
    counted, defined_on = section.text("counted") or FEN, section["defined_on"].date()
    author, total = section.text("defined_by"), section.get("total")
    definition = MarketDefinition(
        product=section["product"].text(),
        area=section["area"].text(),
        begins_on=section["from"].date(),
        ends_on=section["until"].date(),
        defined_on=defined_on,
        counted=counted,
        source=Source(document=author, dated_on=defined_on) if author else INVENTED,
    )
    return Market(
        definition=definition,
        figures=tuple(_figure(each, counted) for each in section["figures"].list()),
        total=None if total is None else _amount(total, counted),
        total_source=_source(section, *(f"total_{name}" for name in SOURCE_FIELDS)),
    )


def _figure(node: "Node", counted: str) -> "Figure":
    from benyuan.governance.competition import Figure

    section = node.section(required=("firm", "amount"), optional=SOURCE_FIELDS)
    return Figure(
        firm=section["firm"].text(),
        amount=_amount(section["amount"], counted),
        source=_source(section, *SOURCE_FIELDS),
    )


def _party(node: "Node") -> "Party":
    from benyuan.governance.competition import Party

    section = node.section(required=("name", "world", "china", "year"), optional=SOURCE_FIELDS)
    return Party(
        name=section["name"].text(),
        world_fen=_amount(section["world"], FEN),
        china_fen=_amount(section["china"], FEN),
        year=section["year"].integer(),
        source=_source(section, *SOURCE_FIELDS),
    )


def _amount(node: "Node", counted: str) -> int:
    """Yuan as a quoted text where fen are counted, else a whole number."""
    from benyuan.values.money import fen_from_yuan

    if counted != FEN:
        return node.integer()
    return node.parsed(fen_from_yuan, expected='a quoted amount in yuan, such as "1000.00"')


def _source(section: "Section", document: str, dated: str) -> "Source":
    from benyuan.governance.competition import Source

    return Source(document=section.text(document) or "", dated_on=section.date(dated) or 0)
