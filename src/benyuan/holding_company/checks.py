"""What the law asks of somebody that is no amount of money: found beside asked, met, not met, or not to be told."""

import msgspec

from benyuan.rules.places import Place


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One question about body or individual `who`; `met` None: what is recorded does not tell."""

    who: int
    what: str
    place: Place
    found: str
    asked: str
    met: bool | None
