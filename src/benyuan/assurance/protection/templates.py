"""The texts that may be sent, version by version, and the very text that a customer was sent, years later.

Sources: PBoC Order [2020] No. 5, arts. 18, 23. A version's texts stand in the log, in the command that approved it.
Worked: message 7 went out by version 2 of template 1; when version 5 is the latest, it still shows version 2.
"""

import msgspec
import numpy as np

from benyuan.consumer_protection.contact.records import MESSAGE, TEMPLATE, TEMPLATE_VERSION, WHOSE
from benyuan.consumer_protection.contact.vocabulary import CHANNEL_NUMBER, SORT_NUMBER
from benyuan.engine.group import Group

SORTS = {number: word for word, number in SORT_NUMBER.items()}
CHANNELS = {number: word for word, number in CHANNEL_NUMBER.items()}


class VersionTold(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a template. `barred_from`: the day from which a rule that was known bars it, 0 for none."""

    template: int
    version: int
    text_zh: str
    text_en: str
    approved_on: int
    barred_from: int
    command: int


class TemplateTold(msgspec.Struct, frozen=True, kw_only=True):
    """A template with its versions, oldest first; `retired`: the command that retired it, 0 for none."""

    template: int
    sort: str
    personalised: bool
    level: int
    retired: int
    versions: list[VersionTold]


class MessageTold(msgspec.Struct, frozen=True, kw_only=True):
    """A message and the text that was sent."""

    message: int
    sort: str
    channel: str
    on: int
    command: int
    sent: VersionTold


def templates(group: Group, *, only: int = 0) -> list[TemplateTold]:
    """All templates, or one. Errors: LookupError for no such one."""
    held, versions = group.records.tables[TEMPLATE.name], group.records.tables[TEMPLATE_VERSION.name]
    if only > held.count:
        raise LookupError(f"no template {only}")
    told = []
    for number in [only] if only else range(1, held.count + 1):
        row = {name: int(held.column(name)[number]) for name in TEMPLATE.columns}
        places = np.flatnonzero(versions.column("template") == number).tolist()
        told.append(
            TemplateTold(
                template=number,
                sort=SORTS[row["sort"]],
                personalised=row["personalised"] != 0,
                level=row["level"],
                retired=row["retired"],
                versions=[version_at(group, place) for place in places],
            )
        )
    return told


def version_at(group: Group, place: int) -> VersionTold:
    """A version with its texts, from the command that approved it."""
    held = group.records.tables[TEMPLATE_VERSION.name]
    row = {name: int(held.column(name)[place]) for name in TEMPLATE_VERSION.columns}
    opened = group.reader.at_position(row["position"])
    at = row["position"] - opened.block.first_position
    return VersionTold(
        template=row["template"],
        version=row["version"],
        text_zh=opened.batch().values("text_zh")[at],
        text_en=opened.batch().values("text_en")[at],
        approved_on=row["approved_on"],
        barred_from=row["barred_from"],
        command=row["position"],
    )


def messages_to(group: Group, *, whose: str, number: int) -> list[MessageTold]:
    """All messages to a customer with the texts that were sent, oldest first. Errors: LookupError."""
    if whose not in WHOSE:
        raise LookupError(f"no such sort of customer: {whose}")
    held = group.records.tables[MESSAGE.name]
    return [
        MessageTold(
            message=place,
            sort=SORTS[int(held.column("sort")[place])],
            channel=CHANNELS[int(held.column("channel")[place])],
            on=int(held.column("on_date")[place]),
            command=int(held.column("position")[place]),
            sent=version_at(group, int(held.column("version")[place])),
        )
        for place in held.all_with(whose, number).tolist()
    ]
