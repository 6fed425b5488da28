"""What customers of a lender's case say of their data, what is handed on, and what is told when data are lost.

A text that is shown is known by a letter, whose digest is that letter 64 times. Whoever says yes or no is `customer`;
data go to the bureau "bureau" or to a number of the lender's own. Incidents are known by their numbers, 1 the first.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from benyuan.consumer_protection.claims.words import NoticeItem
from benyuan.decisions.commands import REGISTRY, Command
from tests.cases.reading import moment
from tests.cases.world import CUSTOMER, World

Entry = Mapping[str, Any]
Make = Callable[[World, Any, Entry, int], Command]

ABOUT = ("receiver", "purpose", "kinds")


def _about(entry: Entry) -> dict[str, Any]:
    said = {name: entry[name] for name in ABOUT if name in entry}
    return {**said, **({"receiver_kind": "other"} if "receiver" in said else {})}


def _say_yes(world: World, topic: str, entry: Entry, at: int) -> Command:
    digest = str(entry["text"]) * 64
    whose = {"borrower": world.id("borrower", CUSTOMER), "place": "app"}
    return REGISTRY["give_consent_to"](to=topic, text_digest=digest, **whose, **_about(entry))


def _say_no(world: World, topic: str, entry: Entry, at: int) -> Command:
    whose = {"borrower": world.id("borrower", CUSTOMER), "place": "app"}
    return REGISTRY["withdraw_consent_to"](to=topic, **whose, **_about(entry))


def _hand_on(world: World, kinds: str, entry: Entry, at: int) -> Command:
    return REGISTRY["share_data"](borrower=world.id("borrower", CUSTOMER), kinds=kinds, **_about(entry))


def _mishap(world: World, mishap: str, entry: Entry, at: int) -> Command:
    found = entry.get("found")
    return REGISTRY["record_data_incident"](
        lender=1,
        mishap=mishap,
        harm=entry.get("harm", "other"),
        people=3,
        found_at=moment(found) if isinstance(found, dt.datetime) else at,
        words="a disk",
        measures=str(entry.get("paper", "")) * 64,
    )


def _tell(world: World, told: str, entry: Entry, at: int) -> Command:
    items = {item.value for item in NoticeItem} - {entry.get("without")}
    kinds = "" if entry.get("without") == "kinds" else "identity"
    notice = (
        {} if told == "branch" else {"kinds": kinds, "items": ", ".join(sorted(items)), **dict.fromkeys(items, "x")}
    )
    return REGISTRY["report_data_incident"](data_incident=1, told=told, **notice)


DATA_VERBS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "say_yes": (_say_yes, ("text", *ABOUT)),
    "say_no": (_say_no, ABOUT),
    "hand_on": (_hand_on, ABOUT),
    "mishap": (_mishap, ("harm", "found", "paper")),
    "tell_of_mishap": (_tell, ("without",)),
}
"""For each verb the command that it makes, and what it may say besides."""
