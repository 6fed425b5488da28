"""What customers say yes and no to, in plain Python, and what may be sent and handed on: what the engine is held to.

Written from PIPL (arts. 14 to 16, 23, 24, 28, 29), PBoC Order [2020] No. 5 (arts. 29, 30), CBIRC Order 2022 No. 9
(arts. 40, 44, 46) and State Council Order 768 (art. 32). The last word on one thing counts, from the moment it is said.
Worked: yes, no, yes on marketing leaves a yes; a no to one receiver leaves another as it was.
"""

import datetime as dt
from dataclasses import dataclass, field

INVALID = "invalid"
Broken = set[str]
MARKETING, PROFILING, SHARING, SENSITIVE = "marketing", "profiling", "sharing", "sensitive"
NO_ONE = ("none", 0)
SENSITIVE_KINDS = {"financial_accounts", "biometrics", "location", "medical_health"}
Receiver = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """One thing that is said yes or no to."""

    topic: str
    receiver: Receiver = NO_ONE
    purpose: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A word on it; `until`: the last day of a yes, none where it has no end."""

    about: About
    yes: bool
    kinds: frozenset[str] = frozenset()
    until: dt.date | None = None


@dataclass(slots=True, kw_only=True)
class Customer:
    """Of which firm, and what they said, in order."""

    of: str
    said: list[Said] = field(default_factory=list)

    def last(self, about: About) -> Said | None:
        """The last word that counts: a yes to just this, a no to this or to all of its kind."""
        for one in reversed(self.said):
            if one.yes and one.about == about:
                return one
            everybody = one.about.receiver in (NO_ONE, about.receiver)
            whatever = one.about.purpose in ("none", about.purpose)
            if not one.yes and one.about.topic == about.topic and everybody and whatever:
                return one
        return None

    def stands(self, about: About, *, on: dt.date) -> frozenset[str] | None:
        """The kinds that a yes carries on the day; None where none stands."""
        last = self.last(about)
        good = last is not None and last.yes and (last.until is None or on <= last.until)
        return last.kinds if good and last else None

    def refused(self, about: About) -> bool:
        """Whether the last word is a no."""
        last = self.last(about)
        return last is not None and not last.yes

    def ended(self, no: About) -> int:
        """How many yeses a no would end."""
        yeses = {one.about for one in self.said if one.yes}
        alike = [
            each
            for each in yeses
            if each.topic == no.topic
            and no.receiver in (NO_ONE, each.receiver)
            and no.purpose in ("none", each.purpose)
        ]
        return sum((last := self.last(each)) is not None and last.yes for each in alike)


class Words:
    """Customers, and what each text has been a yes to first."""

    def __init__(self, customers: dict[str, Customer]) -> None:
        self.customers = customers
        self.texts: dict[str, tuple[About, frozenset[str]]] = {}

    def give(self, of: Customer, said: Said, text: str, *, ticked: bool, bundled: bool) -> Broken:
        """What a yes would break."""
        broken: Broken = set()
        if ticked:
            broken |= {"cp.pbc.info_consent"} | ({"cp.nfra.no_default_consent"} if of.of == "borrower" else set())
        first = self.texts.get(text, (said.about, said.kinds))
        if bundled or first != (said.about, said.kinds):
            rules = {SHARING: "pi.share.separate_consent", SENSITIVE: "pi.sensitive"}
            broken.add(rules.get(said.about.topic, "cp.pbc.marketing_consent"))
        return broken

    def given(self, of: Customer, said: Said, text: str) -> None:
        """It is said."""
        of.said.append(said)
        self.texts.setdefault(text, (said.about, said.kinds))

    def send(self, of: Customer, *, marketing: bool, personal: bool, on: dt.date) -> Broken:
        """What a message would break."""
        broken: Broken = set()
        if not marketing:
            return broken
        wish, traits = About(topic=MARKETING), About(topic=PROFILING)
        if of.refused(wish):
            broken |= {"cp.pbc.marketing_optout"} | ({"cp.nfra.optout"} if of.of == "borrower" else set())
        if of.stands(wish, on=on) is None:
            broken.add("cp.pbc.marketing_consent")
        if personal and of.stands(traits, on=on) is None:
            broken.add("pi.auto.option")
        return broken

    def share(self, of: Customer, about: About, kinds: frozenset[str], *, on: dt.date) -> Broken:
        """What handing data on would break."""
        broken: Broken = set()
        if not kinds <= (of.stands(about, on=on) or frozenset()):
            broken.add("pi.share.separate_consent")
            broken |= {"pay.info.affiliate_share_consent"} if of.of == "person" else set()
            platform = of.of == "borrower" and about.receiver[0] == "platform"
            broken |= {"cp.nfra.no_platform_transfer"} if platform else set()
        own = About(topic=SENSITIVE, receiver=about.receiver, purpose=about.purpose)
        if not kinds & SENSITIVE_KINDS <= (of.stands(own, on=on) or frozenset()):
            broken.add("pi.sensitive")
        return broken
