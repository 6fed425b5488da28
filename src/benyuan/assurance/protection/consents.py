"""What a customer has said yes and no to, and what has gone out on it: the record that a customer may ask to see.

Sources: PIPL, arts. 14, 15, 45; PBoC Order [2020] No. 5, art. 31 (proof is kept). Worked: yes on day 1 and no on day 9:
the topic stands at no since day 9, with both in the history. Receivers and purposes stand apart, and a no to all of
them stands in the history of each. A state is looked up on a day: a consent may be over.
"""

import msgspec

from benyuan.consumer_protection.contact.choices import Thing, things
from benyuan.consumer_protection.contact.records import CHOICE, SHARED, WHOSE
from benyuan.consumer_protection.contact.vocabulary import (
    DATA_BITS,
    PLACE_NUMBER,
    PURPOSE_NUMBER,
    RECEIVER_NUMBER,
    TOPIC_NUMBER,
)
from benyuan.decisions.words import words_of
from benyuan.engine.group import Group
from benyuan.values.errors import BadInput

TOPICS = {number: word for word, number in TOPIC_NUMBER.items()}
PLACES = {number: word for word, number in PLACE_NUMBER.items()}
RECEIVERS = {number: word for word, number in RECEIVER_NUMBER.items()}
PURPOSES = {number: word for word, number in PURPOSE_NUMBER.items()}


class ChoiceTold(msgspec.Struct, frozen=True, kw_only=True):
    """One yes or no. Days as yyyymmdd, `until` 0 for no end; `command` is its place in the log."""

    choice: int
    topic: str
    given: bool
    receiver_kind: str
    receiver: int
    purpose: str
    kinds: list[str]
    until: int
    place: str
    on: int
    command: int
    text_digest: str


class TopicTold(msgspec.Struct, frozen=True, kw_only=True):
    """How a topic stands on a day: `yes`, `no` or `over`, since `on`; and all that was said, oldest first."""

    topic: str
    receiver_kind: str
    receiver: int
    purpose: str
    stands: str
    on: int
    history: list[ChoiceTold]


class SharedTold(msgspec.Struct, frozen=True, kw_only=True):
    """Data that went to another body, and the choice that allowed it."""

    shared: int
    receiver_kind: str
    receiver: int
    purpose: str
    kinds: list[str]
    choice: int
    on: int
    command: int


def _whose(whose: str, number: int) -> None:
    if whose not in WHOSE or number < 1:
        raise BadInput("customer", f"{whose} {number}", "the id of a person, borrower or subject")


def consents_of(group: Group, *, whose: str, number: int, on: int) -> list[TopicTold]:
    """The topics on which a customer has said anything, as they stand on a day. Errors: BadInput."""
    _whose(whose, number)
    held = group.records.tables[CHOICE.name]
    places = held.all_with(whose, number)
    said = things({name: held.column(name)[places] for name in CHOICE.columns})
    told = [_choice(group, place) for place in places.tolist()]
    spoken = list(zip(said, told, strict=True))
    heard = {of: [each for thing, each in spoken if of.heard(thing, given=each.given)] for of in _apart(spoken)}
    return [_topic(history, of, on) for of, history in heard.items()]


def _apart(spoken: list[tuple[Thing, ChoiceTold]]) -> list[Thing]:
    """What stands apart: each thing that was said yes to, and each no that is about none of those."""
    given = [thing for thing, each in spoken if each.given]
    refused = [
        thing
        for thing, each in spoken
        if not each.given and not any(of != thing and of.heard(thing, given=False) for of in given)
    ]
    return [thing for thing in dict.fromkeys(thing for thing, _ in spoken) if thing in given or thing in refused]


def _topic(said: list[ChoiceTold], of: Thing, on: int) -> TopicTold:
    return TopicTold(
        topic=TOPICS[of.topic],
        receiver_kind=RECEIVERS[of.receiver_kind],
        receiver=of.receiver,
        purpose=PURPOSES[of.purpose],
        stands=_state(said[-1], on),
        on=said[-1].on,
        history=said,
    )


def shared_of(group: Group, *, whose: str, number: int) -> list[SharedTold]:
    """All data of a customer that went to another body, oldest first. Errors: BadInput."""
    _whose(whose, number)
    held = group.records.tables[SHARED.name]
    rows = [
        {name: int(held.column(name)[place]) for name in SHARED.columns} | {"id": place}
        for place in held.all_with(whose, number).tolist()
    ]
    return [
        SharedTold(
            shared=row["id"],
            receiver_kind=RECEIVERS[row["receiver_kind"]],
            receiver=row["receiver"],
            purpose=PURPOSES[row["purpose"]],
            kinds=words_of(row["kinds"], DATA_BITS),
            choice=row["choice"],
            on=row["on_date"],
            command=row["position"],
        )
        for row in rows
    ]


def _state(said: ChoiceTold, on: int) -> str:
    if not said.given:
        return "no"
    return "over" if said.until and said.until < on else "yes"


def _choice(group: Group, place: int) -> ChoiceTold:
    held = group.records.tables[CHOICE.name]
    row = {name: int(held.column(name)[place]) for name in CHOICE.columns}
    return ChoiceTold(
        choice=place,
        topic=TOPICS[row["topic"]],
        given=row["given"] != 0,
        receiver_kind=RECEIVERS[row["receiver_kind"]],
        receiver=row["receiver"],
        purpose=PURPOSES[row["purpose"]],
        kinds=words_of(row["kinds"], DATA_BITS),
        until=row["until"],
        place=PLACES[row["place"]],
        on=row["on_date"],
        command=row["position"],
        text_digest=_digest_at(group, row["position"]) if row["given"] else "",
    )


def _digest_at(group: Group, position: int) -> str:
    """The digest of the text that was shown, from the command itself."""
    opened = group.reader.at_position(position)
    digest: str = opened.batch().values("text_digest")[position - opened.block.first_position]
    return digest
