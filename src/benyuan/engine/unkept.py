"""What of a command that makes no sense the log does not keep: its texts, for nobody knows what stands in them.

A text that a rule or a list of words has not let pass may be anything: a name, a diagnosis. The live answer names it;
the log has a mark in its place. By a digest the same command is known again. That is sealed beside the log as personal
fields are: a digest of a short word can be guessed at, so it must lie under a key, with a salt, and go when these go.
Source: PIPL, arts. 6, 19 and 47: no more than is needed, no longer than that. Worked number: a command of 64 fields, of
which three are words, has three marks and one digest.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import Any

import msgspec

from benyuan.decisions.checking import texts_of
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import HIDDEN, Invalid
from benyuan.engine.codec import encoded
from benyuan.engine.intake import Incoming

NOT_KEPT = "(text: not kept)"
UNKEPT = "unkept"
"""The part of a block that says which commands have a digest, and why; the field of the payload that holds it."""


class Why(StrEnum):
    """Its fields did not fit their declaration; or they did, and their texts still made no sense."""

    malformed = "malformed"
    words = "words"


def unkept_in(part: Incoming, invalid: Collection[int]) -> dict[int, dict[str, str]]:
    """For each command of which a digest is kept its texts by field, given the places of those that make no sense."""
    found = {place: words_in(part, place) for place in sorted(invalid)}
    return {place: words for place, words in found.items() if words or place in part.malformed}


def words_in(part: Incoming, place: int) -> dict[str, str]:
    """The texts of one command, but for those that are what they are where nobody gives them."""
    columns = part.batch.columns
    found = {name: (columns[name][place], default) for name, default in texts_of(REGISTRY[part.batch.kind]).items()}
    return {name: text for name, (text, default) in found.items() if text not in ("", default)}


def reason(part: Incoming, place: int) -> str:
    """Why a command has a digest."""
    return Why.malformed.value if place in part.malformed else Why.words.value


def reasons_of(body: Mapping[str, Any]) -> dict[str, str]:
    """Why the commands of a block have a digest, by place. Older blocks have those of malformed ones in the open."""
    return {**dict.fromkeys(body.get(Why.malformed.value, ()), Why.malformed.value), **body.get(UNKEPT, {})}


def with_digests(part: Incoming, unkept: Mapping[int, Mapping[str, str]]) -> Incoming:
    """The same with the digests among the payloads."""
    if not unkept:
        return part
    made = {place: with_digest(part, place, words) for place, words in unkept.items()}
    return replace(part, payloads={**part.payloads, **made})


def with_digest(part: Incoming, place: int, words: Mapping[str, str]) -> dict[str, Any]:
    """The payload of one command with a digest: of its texts, or of all of it where it is malformed."""
    digest = part.malformed.get(place) or hashlib.sha256(encoded(words)).hexdigest()
    return {**part.payloads.get(place, {}), UNKEPT: digest}


def without_words(columns: Mapping[str, Any], unkept: Mapping[int, Mapping[str, str]]) -> Mapping[str, Any]:
    """The columns with a mark in place of these texts."""
    changed: dict[str, list[Any]] = {}
    for place, words in unkept.items():
        for name in words:
            changed.setdefault(name, list(columns[name]))[place] = NOT_KEPT
    return {**columns, **changed} if changed else columns


def without_text(fault: Invalid) -> Invalid:
    """The fault as the log keeps it: whole numbers, yes and no stay, anything else is somebody's words."""
    if fault.value is None or isinstance(fault.value, int) or fault.value in ("", HIDDEN):
        return fault
    return msgspec.structs.replace(fault, value=NOT_KEPT)


def fields_known(part: Incoming, invalid: Mapping[int, Invalid]) -> dict[int, Invalid]:
    """The faults without names of fields that no command has: whoever tries another command's is told of in the log."""
    known = _all_fields() if part.malformed else frozenset()
    return {
        place: msgspec.structs.replace(fault, field=NOT_KEPT)
        if place in part.malformed and fault.field not in known
        else fault
        for place, fault in invalid.items()
    }


@cache
def _all_fields() -> frozenset[str]:
    return frozenset(name for command in REGISTRY.values() for name in command.__struct_fields__)
