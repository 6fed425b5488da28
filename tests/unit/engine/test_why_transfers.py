"""`why` of a transfer: numbers of transfers as numbers, and a code that is not on the white list."""

from benyuan.engine.why import why
from benyuan.payments.vocabulary import Authentication, TransferChannel
from benyuan.usecases.agree_transfer_limits import AgreeTransfers
from benyuan.usecases.allow_static_code import AllowCode
from benyuan.usecases.transfer import Transfer
from tests.unit.engine.groups import Desk, town


def transfer(amount_fen: int, *, channel: TransferChannel = TransferChannel.none, remote: bool = False) -> Transfer:
    by = Authentication.two_kinds
    return Transfer(payer=1, payee=2, amount_fen=amount_fen, authentication=by, channel=channel, remote=remote)


def told(desk: Desk, command: Transfer) -> str:
    return why(desk.group, desk.one(command).position).text()


def test_how_often() -> None:
    desk = town()
    desk.done(AgreeTransfers(person=1, transfer_daily_fen=11_000, transfer_daily_count=2))
    text = told(desk, transfer(100))
    assert "limit 2, used before 1, asked 1, left 1" in text
    assert "limit 110.00, used before 100.00, asked 1.00, left 10.00" in text


def test_from_afar() -> None:
    desk, static = town(), TransferChannel.personal_static_code
    text = told(desk, transfer(100, channel=static, remote=True))
    assert "REFUSED" in text
    assert "whitelist" not in text
    desk.done(AllowCode(wallet=2, valid_until=20260601, uses=2, limit_fen=500, reference="list"))
    text = told(desk, transfer(100, channel=static, remote=True))
    assert "[excepted] qr.personal.static_remote" in text
    assert "limit 2, used before 0, asked 1, left 2" in text
    assert "limit 5.00, used before 0.00, asked 1.00, left 5.00" in text
