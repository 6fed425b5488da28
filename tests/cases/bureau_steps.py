"""The bureau of a case, and the steps that are asked of it.

`given: {bureau: {}}` founds a credit bureau instead of a payment institution, at nine on the day `founded`: licensed
for two years, with the members `bank`, `lender` and `utility`, which may all furnish and ask for everything. People are
called p1, p2... and have no file before somebody identifies them or they consent. A consent is for a loan at the bank,
from the day on which the world began to a year later, for two answers, in writing, unless the case says otherwise.
`given: {bureau: {licensed: false}}` leaves the licence out; `members: false` their contracts. `under` names a consent.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from benyuan.decisions.commands import REGISTRY, Command
from benyuan.decisions.outcomes import Answer
from benyuan.parties.check_digits import mod_11_2
from benyuan.simulate.identities import someone
from benyuan.values.dates import add_calendar_days, add_months
from tests.cases.claim_steps import CLAIM_VERBS
from tests.cases.contact_steps import CONTACT_VERBS
from tests.cases.data_steps import DATA_VERBS
from tests.cases.lender_steps import LENDER_VERBS, begin_lender, moment_of_founding, name_lender_result
from tests.cases.reading import day, known, local
from tests.cases.world import World

Entry = Mapping[str, Any]

MEMBERS = {"bank": "bank", "lender": "consumer-finance", "utility": "utility"}
CONTRACT = {"furnishes": "all", "asks": "all"}
NAMED = {"member": "member", "under": "consent", "account": "account"}
FIELDS = {"name": "full_name", "under": "consent"}
STEP_WORDS = {"on", "at", "as", "attempt"}
CONSENT_FIELDS = (
    *("member", "purpose", "starts_on", "expires_on", "times", "sections", "fetch", "furnishing"),
    *("restricted", "told_adverse", "written", "name"),
)


def begin_bureau(world: World, whole: Entry, *, at: int) -> None:
    """The bureau as it stands before the first step."""
    known(dict(whole), {"bureau", "founded", "earlier"}, where="given")
    given, at = whole["bureau"], moment_of_founding(whole, at)
    known(dict(given), {"licensed", "members"}, where="bureau")
    began = day(local(at))
    world.name("began", "bureau", began)

    def do(kind: str, **fields: Any) -> Answer:
        return world.do(REGISTRY[kind](**fields), at=at)

    do("register_bureau", name="bureau")
    if given.get("licensed", True):
        until = add_calendar_days(add_months(began, 24), -1)
        do("record_bureau_standing", bureau=1, from_date=began, licensed_until=until, capital_fen=0)
    for name, sort in MEMBERS.items():
        world.name("member", name, do("admit_member", bureau=1, sort=sort).results["member"])
        if given.get("members", True):
            told = {"reported_on": began, "reviewed_on": began}
            do("agree_membership", member=world.id("member", name), from_date=began, **told, **CONTRACT)


def _person(name: str) -> dict[str, Any]:
    whole = someone(int(name.removeprefix("p")))
    return {field: whole[field] for field in ("document", "number", "full_name")}


def _fields(world: World, entry: Entry, verb: str) -> dict[str, Any]:
    """What a case says besides the verb, as fields: things by their names, days as numbers."""
    said = {name: item for name, item in entry.items() if name not in STEP_WORDS | {verb}}
    made = {}
    for name, item in said.items():
        field = FIELDS.get(name, name)
        if name in NAMED and isinstance(item, str):
            made[field] = world.id(NAMED[name], item)
        else:
            made[field] = day(item) if isinstance(item, dt.date) else item
    return made


def _allow(world: World, who: str, entry: Entry, at: int) -> Command:
    began = world.id("began", "bureau")
    usual = {"member": world.id("member", "bank"), "purpose": "loan", "times": 2, "fetch": "periodic", "written": True}
    usual |= {"starts_on": began, "expires_on": add_months(began, 12), "evidence": "0" * 64}
    return REGISTRY["grant_consent"](bureau=1, **{**usual, **_person(who), **_fields(world, entry, "allow")})


def _take_back(world: World, consent: str, entry: Entry, at: int) -> Command:
    return REGISTRY["revoke_consent"](consent=world.id("consent", consent))


def _identify(world: World, who: Any, entry: Entry, at: int) -> Command:
    """Somebody by name, or whoever was born on a day."""
    if isinstance(who, dt.date):
        body = f"110101{day(who)}001"
        shown = {"document": "resident_id", "number": body + mod_11_2(body), "full_name": "王小小"}
    else:
        shown = _person(who)
    fields = {"bureau": 1, "phone": "13800000000", **shown}
    return REGISTRY["identify_subject"](**{**fields, **_fields(world, entry, "identify")})


def _inquire(world: World, who: str, entry: Entry, at: int) -> Command:
    usual = {"member": world.id("member", "bank"), "purpose": "loan", "staff_name": "Lin Ke", "seen": 1}
    return REGISTRY["inquire"](bureau=1, **{**usual, **_person(who), **_fields(world, entry, "inquire")})


def _read_own(world: World, who: str, entry: Entry, at: int) -> Command:
    return REGISTRY["read_own_report"](bureau=1, seen=1, **{**_person(who), **_fields(world, entry, "read_own")})


def _look_at(world: World, subject: int, entry: Entry, at: int) -> Command:
    usual = {"role": "quality", "purpose": "quality", "way": "screen", "staff_name": "Mei", "reason": "a sample"}
    return REGISTRY["look"](bureau=1, subject=subject, seen=1, **{**usual, **_fields(world, entry, "look_at")})


def _contract(world: World, member: str, entry: Entry, at: int) -> Command:
    usual = {"from_date": day(local(at)), **CONTRACT}
    fields = {**usual, **_fields(world, entry, "contract")}
    return REGISTRY["agree_membership"](member=world.id("member", member), **fields)


def _licence(world: World, until: Any, entry: Entry, at: int) -> Command:
    usual = {"from_date": day(local(at)), "capital_fen": 0}
    last = day(until) if isinstance(until, dt.date) else until
    fields = {**usual, **_fields(world, entry, "licence")}
    return REGISTRY["record_bureau_standing"](bureau=1, licensed_until=last, **fields)


def _furnish(world: World, who: str, entry: Entry, at: int) -> Command:
    document = {field: item for field, item in _person(who).items() if field != "full_name"}
    usual = {"member": world.id("member", "bank"), "type": "R1", "opened_on": day(local(at)), "limit_fen": 100_000}
    fields = {**usual, **document, **_fields(world, entry, "furnish_line")}
    return REGISTRY["furnish_account"](bureau=1, account_number=f"of {who}", **fields)


BUREAU_VERBS: dict[str, tuple[Callable[[World, Any, Entry, int], Command], tuple[str, ...]]] = {
    "identify": (_identify, ("name", "renamed")),
    "allow": (_allow, CONSENT_FIELDS),
    "take_back": (_take_back, ()),
    "inquire": (_inquire, ("member", "purpose", "under", "account", "product", "name")),
    "read_own": (_read_own, ("paid", "name")),
    "look_at": (_look_at, ("role", "purpose", "way", "objection", "complaint")),
    "contract": (_contract, ("from_date", "until", "furnishes", "asks", "reported_on", "reviewed_on")),
    "licence": (_licence, ("from_date", "capital_fen")),
    "furnish_line": (_furnish, ("member", "under")),
}
"""For each verb the command that it makes, and what it may say besides."""

_NAMED_BY = {"allow": "consent", "furnish_line": "account"}


OTHER_VERBS = {**LENDER_VERBS, **CLAIM_VERBS, **CONTACT_VERBS, **DATA_VERBS, **BUREAU_VERBS}
"""The verbs of worlds without a payment institution."""


def begin_other(world: World, given: Entry, *, at: int) -> None:
    """The lender or the bureau as it stands before the first step."""
    begin = begin_lender if "lender" in given else begin_bureau
    begin(world, given, at=at)


def name_other_result(world: World, verb: str, entry: Entry, answer: Answer) -> None:
    """Give what a step has made its name."""
    if verb in LENDER_VERBS:
        name_lender_result(world, verb, entry, answer)
        return
    kind = _NAMED_BY[verb]
    world.name(kind, entry["as"], answer.results[kind])
