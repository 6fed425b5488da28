"""`benyuan code`: merchants' QR codes (EMVCo, merchant-presented), made for our merchants and read from any maker."""

import io
import secrets
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import FOUND, NotFound
from benyuan.cli.files import beside, check_out
from benyuan.cli.options import Database, Json, reading, url_that_is
from benyuan.cli.output import moment, say_json, say_table, speaks_unicode, yuan
from benyuan.cli.teaching import help_of

if TYPE_CHECKING:
    from segno import QRCode

    from benyuan.payments.codes import DataObject, MerchantCode

app = typer.Typer(help="Merchants' QR codes: made, and read.", no_args_is_help=True)
FORMS = (".svg", ".png")
STANDARD_INPUT = "-"
PIXELS = 8
"""Of one module's side in a picture."""
CLIENT = "benyuan code issue"
MINUTES, MOST_MINUTES = 5, 1_440
MINUTE_US = 60_000_000
HIGHEST = 10**18 - 1
"""The most that the number of a code can be."""
CORRECTION = "m"
"""Medium, about 15 of 100 code words: for paper at a till."""


def show(
    merchant: Annotated[int, typer.Argument(metavar="MERCHANT", min=1, help="The merchant's id.")],
    amount: Annotated[
        str | None, typer.Option(metavar="YUAN", help="For one payment of this amount; without it for any.")
    ] = None,
    reference: Annotated[str | None, typer.Option(metavar="TEXT", help="What the merchant knows it by.")] = None,
    name: Annotated[str | None, typer.Option(help="The shop's name in Latin letters; MERCHANT and its id.")] = None,
    city: Annotated[str | None, typer.Option(help="Its city in Latin letters; CHINA.")] = None,
    name_zh: Annotated[str | None, typer.Option(help="The shop's name in Chinese, if it is to be shown.")] = None,
    city_zh: Annotated[str | None, typer.Option(help="Its city in Chinese.")] = None,
    category: Annotated[str, typer.Option(metavar="CODE", help="Its category (ISO 18245).")] = "0000",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the picture, .svg or .png, instead.")] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """A merchant's code: static, for any number of payments, or with --amount dynamic, for one.

        benyuan code show 1
        benyuan code show 1 --amount 23.72 --reference 2026-0411 --out till.svg
        benyuan code show 1 --name "BEST TRANSPORT" --city BEIJING --name-zh 最佳运输 --city-zh 北京

    Names on the code are the shop's, given here: what a merchant was registered with is sealed, and is not opened for
    a picture that hangs on a wall.
    """
    from benyuan.payments.codes import code_of, write
    from benyuan.payments.codes.ours import UNKNOWN_CITY
    from benyuan.values.money import fen_from_yuan

    check_out(out, forms=FORMS, option="--out", database=database)
    code = code_of(
        institution=_institution(merchant, database=database),
        merchant=merchant,
        name=name or f"MERCHANT {merchant}",
        city=city or UNKNOWN_CITY,
        category=category,
        amount_fen=fen_from_yuan(amount, field="--amount") if amount is not None else None,
        reference=reference,
        chinese_name=name_zh,
        chinese_city=city_zh,
    )
    payload = write(code)
    if out is not None:
        _write_picture(out, payload)
    if as_json:
        say_json({"payload": payload, "file": str(out) if out else None})
    elif out is not None:
        typer.echo(f"{out}: {payload}")
    else:
        _draw(payload)
        typer.echo(payload)


def issue(
    merchant: Annotated[int, typer.Argument(metavar="MERCHANT", min=1, help="The merchant's id.")],
    amount: Annotated[str, typer.Option(metavar="YUAN", help="The amount that it is for, and no other.")],
    minutes: Annotated[int, typer.Option(min=1, max=MOST_MINUTES, help="How long it holds.")] = MINUTES,
    reference: Annotated[str | None, typer.Option(metavar="TEXT", help="What the merchant knows it by.")] = None,
    name: Annotated[str | None, typer.Option(help="The shop's name in Latin letters; MERCHANT and its id.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the picture, .svg or .png, instead.")] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Issue a code for one payment of one amount, and draw it: it pays once, at that merchant, until it expires.

        benyuan code issue 1 --amount 23.72
        benyuan code issue 1 --amount 23.72 --minutes 2 --reference 2026-0411 --out till.svg

    The number is drawn at random and stands in the log (`issue_merchant_code`) and in the code; `pay` names it as
    `merchant_code`. Exit code 1 where it is refused.
    """
    from benyuan.payments.codes import code_of, write
    from benyuan.values.money import fen_from_yuan

    check_out(out, forms=FORMS, option="--out", database=database)
    fen = fen_from_yuan(amount, field="--amount")
    institution = _institution(merchant, database=database)
    drawn = partial(
        code_of, institution=institution, merchant=merchant, name=name or f"MERCHANT {merchant}",
        amount_fen=fen, reference=reference,
    )  # fmt: skip
    write(drawn(number=HIGHEST))  # what can't be drawn is not issued
    number, expires_at = _issue(merchant, amount_fen=fen, minutes=minutes, database=database)
    payload = write(drawn(number=number))
    if out is not None:
        _write_picture(out, payload)
    if as_json:
        told = {"payload": payload, "merchant_code": number, "expires_at": expires_at}
        say_json({**told, "file": str(out) if out else None})
        return
    if out is None:
        _draw(payload)
    typer.echo(f"{out}: {payload}" if out else payload)
    typer.echo(f"code {number}, for one payment of {yuan(fen)} until {moment(expires_at)}")


def _issue(merchant: int, *, amount_fen: int, minutes: int, database: str | None) -> tuple[int, int]:
    """A number that was issued, and until when. Exits with 1 where it was refused."""
    from benyuan.app import open as open_group
    from benyuan.decisions.commands import Request
    from benyuan.engine.group import system_clock
    from benyuan.usecases.issue_merchant_code import IssueShown

    with open_group(url_that_is(database)) as group:
        number = secrets.randbelow(HIGHEST) + 1
        now = max(system_clock(), group.last_at)
        expires_at = now + minutes * MINUTE_US
        asked = IssueShown(merchant=merchant, merchant_code=number, amount_fen=amount_fen, expires_at=expires_at)
        answer = group.execute([Request(client=CLIENT, key=str(number), command=asked, at=now)])[0]
    if not answer.accepted:
        fault = answer.refusal or answer.invalid
        typer.echo(fault.text() if fault else answer.outcome.name, err=True)
        raise typer.Exit(FOUND)
    return number, expires_at


def read(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The payload, as a scanner gives it; - reads it.")],
    as_json: Json = False,
) -> None:
    """What a payload says, whoever made it; a wrong checksum, or whatever else does not fit, is told with its object.

        benyuan code read 00020126580014br.gov.bcb.pix...63041D3D
        benyuan code read -                      reads it from standard input

    In JSON `amount` is in the code's currency, `amount_fen` is there where that is renminbi, and `ours` names the
    institution and the merchant of a code that `benyuan code show` made.
    """
    from benyuan.payments.codes import read as read_code

    code = read_code(sys.stdin.readline().rstrip("\r\n") if text == STANDARD_INPUT else text)
    if as_json:
        say_json(_told(code))
        return
    rows = list(_rows(_told(code)))
    say_table(title="A merchant's code", columns=("what", "value"), rows=rows)


def _institution(merchant: int, *, database: str | None) -> int:
    from benyuan.assurance.statements import holder_of

    with reading(database) as group:
        try:
            return holder_of(group, kind="merchant", id=merchant).institution
        except LookupError as error:
            raise NotFound(error.args[0]) from None


# -------------------------------------------------------------------------------------------------- pictures


def _picture(payload: str) -> "QRCode":
    """The symbol; always UTF-8, for segno would else take Shift JIS for Chinese characters that it knows."""
    import segno

    return segno.make_qr(payload, error=CORRECTION, encoding="utf-8")


def _write_picture(out: Path, payload: str) -> None:
    with beside(out) as path:
        with path.open("wb") as file:
            _picture(payload).save(file, kind=out.suffix.lower().removeprefix("."), scale=PIXELS)
        path.replace(out)


def _draw(payload: str) -> None:
    if not speaks_unicode():
        typer.echo("this terminal can't draw it; --out writes a picture", err=True)
        return
    drawn = io.StringIO()
    _picture(payload).terminal(drawn, compact=True)
    typer.echo(drawn.getvalue(), nl=False)


# -------------------------------------------------------------------------------------------------- what a code says


def _told(code: "MerchantCode") -> dict[str, Any]:
    """A code as names and values; what it has not is left out."""
    from benyuan.payments.codes import merchant_of, number_of
    from benyuan.payments.codes.fields import ADDITIONAL, LANGUAGE, ROOT

    told: dict[str, Any] = {field.name: getattr(code, field.name) for field in ROOT}
    told["initiation"] = None if code.initiation is None else "dynamic" if code.dynamic else "static"
    told["amount_fen"] = code.amount_fen
    told["accounts"] = [_account(each) for each in code.accounts]
    told["additional"] = _present({field.name: getattr(code.additional, field.name) for field in ADDITIONAL})
    if code.local is not None:
        told["local"] = _present({field.name: getattr(code.local, field.name) for field in LANGUAGE})
    told["others"] = {each.id: each.value for each in code.others}
    told["others"] |= {f"62.{each.id}": each.value for each in code.additional.others}
    told["others"] |= {f"64.{each.id}": each.value for each in (code.local.others if code.local else ())}
    ours = merchant_of(code)
    number = number_of(code)
    named = {} if number is None else {"merchant_code": number}
    told["ours"] = {"institution": ours[0], "merchant": ours[1], **named} if ours else None
    return _present(told)


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, {}, [])}


def _account(account: "DataObject") -> dict[str, Any]:
    from benyuan.payments.codes.merchant_code import is_template, template

    if not is_template(account.id):
        return {"id": account.id, "value": account.value}
    return {"id": account.id, "objects": {each.id: each.value for each in template(account)}}


def _rows(told: dict[str, Any], *, before: str = "") -> Any:
    for name, value in told.items():
        shown = f"{before}{name.replace('_', ' ')}"
        if name == "accounts":
            for account in value:
                yield from _rows(account.get("objects", {"": account.get("value")}), before=f"account {account['id']} ")
        elif isinstance(value, dict):
            yield from _rows(value, before=f"{shown} ")
        else:
            yield shown.strip(), str(value)


for command in (show, issue, read):
    app.command(help=help_of(command))(command)
