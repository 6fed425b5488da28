"""Yeses, noes, messages and data handed on, at random for a year: every answer is that of the plain model."""

import datetime as dt
from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.choices_by_hand import (
    INVALID,
    MARKETING,
    PROFILING,
    SENSITIVE,
    SHARING,
    About,
    Customer,
    Receiver,
    Said,
    Words,
)
from tests.properties.walking import Walk, number_of
from tests.unit.protection.claiming import Claims
from tests.unit.protection.customers import MARKETING as MARKETING_TEXT

FIRST = dt.date(2026, 6, 1)
CUSTOMERS = ("person", "borrower", "subject")
RECEIVERS: tuple[Receiver, ...] = (("platform", 5), ("platform", 6), ("other", 5))
PURPOSES = ("marketing", "service")
KINDS = ("identity", "income", "location")
TEXTS = "0123456789abcdef"
HAPPENS: tuple[str, ...] = ("give", "give", "give", "withdraw", "send", "send", "send", "share", "share", "share")
HAPPENS += ("switch",)


class Played(Walk):
    """The town and the model side by side."""

    def __init__(self, dice: Random) -> None:
        super().__init__(dice, first=FIRST, invalid=INVALID)
        self.words = Words({name: Customer(of=name) for name in CUSTOMERS})
        for personal in (False, True):
            self.town.do("approve_template", on=number_of(FIRST), personalised=personal, **MARKETING_TEXT)
        service = {"sort": "service", "text_zh": "您的账单已生成"}
        self.town.do("approve_template", on=number_of(FIRST), **service)

    def about(self, *, open_ended: bool = False) -> About:
        """Something that can be said yes to, or, with `open_ended`, no to."""
        topic = self.dice.choice((MARKETING, MARKETING, PROFILING, SHARING, SENSITIVE))
        if topic in (MARKETING, PROFILING):
            return About(topic=topic)
        purpose = self.dice.choice(PURPOSES)
        if open_ended and self.some(0.3):
            purpose = "none"
        nobody = open_ended and topic == SENSITIVE and self.some(0.3)
        return About(topic=topic, receiver=("none", 0) if nobody else self.dice.choice(RECEIVERS), purpose=purpose)

    def kinds(self) -> frozenset[str]:
        """Some kinds of data, at least one."""
        return frozenset(each for each in KINDS if self.some(0.6)) or frozenset({"identity"})

    @staticmethod
    def fields(about: About) -> dict[str, Any]:
        """As a command has it."""
        kind, number = about.receiver
        return {"receiver_kind": kind, "receiver": number, "purpose": about.purpose}

    def give(self) -> None:
        of, about = self.words.customers[self.dice.choice(CUSTOMERS)], self.about()
        kinds = self.kinds() if about.topic in (SHARING, SENSITIVE) else frozenset()
        until = self.on + dt.timedelta(days=self.dice.choice((0, 1, 30))) if self.some(0.3) else None
        said = Said(about=about, yes=True, kinds=kinds, until=until)
        text, ticked, bundled = self.text_of(said), self.some(0.05), self.some(0.05)
        broken = self.words.give(of, said, text, ticked=ticked, bundled=bundled)
        told = {of.of: 1, "to": about.topic, "place": "app", "preticked": ticked, **self.fields(about)}
        told |= {"bundled_with": "contract" if bundled else "nothing", "kinds": ", ".join(sorted(kinds))}
        if self.ask("give_consent_to", broken, text_digest=text, until=number_of(until), **told).accepted:
            self.words.given(of, said, text)

    def text_of(self, said: Said) -> str:
        """A text that is its own, more often than not, or any."""
        own = [text for text, meant in self.words.texts.items() if meant == (said.about, said.kinds)]
        if own and self.some(0.9):
            return own[0]
        return "".join(self.dice.choice(TEXTS) for _ in range(2)) * 32

    def withdraw(self) -> None:
        of, about = self.words.customers[self.dice.choice(CUSTOMERS)], self.about(open_ended=True)
        told = {of.of: 1, "to": about.topic, "place": "app", **self.fields(about)}
        answer = self.ask("withdraw_consent_to", set(), **told)
        assert answer.results["ended"] == of.ended(about)
        of.said.append(Said(about=about, yes=False))

    def switch(self) -> None:
        of = self.words.customers[self.dice.choice(CUSTOMERS)]
        self.ask("switch_profiling_off", set(), **{of.of: 1})
        of.said.append(Said(about=About(topic=PROFILING), yes=False))

    def send(self) -> None:
        of, template = self.words.customers[self.dice.choice(CUSTOMERS)], self.dice.choice((1, 2, 3))
        marketing = template != 3
        broken = self.words.send(of, marketing=marketing, personal=template == 2, on=self.on)
        sort = "marketing" if marketing else "service"
        self.ask("send_message", broken, template=template, sort=sort, channel="sms", **{of.of: 1})

    def share(self) -> None:
        of = self.words.customers[self.dice.choice(CUSTOMERS)]
        yeses = [one.about for one in of.said if one.yes and one.about.topic == SHARING]
        about = self.dice.choice(yeses) if yeses and self.some(0.8) else None
        about = about or About(topic=SHARING, receiver=self.dice.choice(RECEIVERS), purpose=self.dice.choice(PURPOSES))
        kinds = self.kinds()
        broken = self.words.share(of, about, kinds, on=self.on)
        self.ask("share_data", broken, kinds=", ".join(sorted(kinds)), **self.fields(about), **{of.of: 1})


def play(seed: int, *, days: int, a_day: int) -> Counter[str]:
    """So many days, so many things on each; at the end the log is decided again. What was seen how often."""
    dice = Random(seed)
    played = Played(dice)
    for _ in range(days):
        for _ in range(a_day):
            getattr(played, dice.choice(HAPPENS))()
        played.on += dt.timedelta(days=1)
    town: Claims = played.town
    town.check()
    return played.seen


@pytest.mark.parametrize("seed", [11])
def test_random_weeks_of_choices(seed: int) -> None:
    seen = play(seed, days=60, a_day=5)
    assert seen["share_data accepted"]
    assert seen["pi.sensitive"]


@pytest.mark.soak
@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_soak_years_of_choices(seed: int) -> None:
    assert play(seed, days=365, a_day=5)["send_message accepted"]
