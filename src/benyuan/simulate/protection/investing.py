"""A dozen people are tested, given an opinion and sold to, or not: Order 2025 No. 7, arts. 12, 13, 18, 22, 28, 29, 31.

Worked number: with assets of 100,000.00 and a share of 50%, 20,000.00 held leave 30,000.00; 40,000.00 more are refused.
"""

from typing import Any

from benyuan.simulate.protection.opening import INVESTMENT, digest_of, text_of
from benyuan.simulate.protection.people import ELDER, INVESTORS, everybody
from benyuan.simulate.protection.world import Story
from benyuan.simulate.seeds import Stream, generator

TESTED, SOLD, AGAIN, CANCELLED, FOLLOWED = 20260702, 20260703, 20260704, 20260706, 20260708
ASSETS_FEN = 10_000_000
ANSWERS = ("c,a,a,a,a,a,a,a", "c,c,b,b,a,a,a,a", "c,c,c,b,b,b,a,a", "c,c,c,c,c,c,c,b", "c,d,d,d,d,d,d,d")
"""By the level from 1 on that the sample questionnaire gives them."""
CAUTIOUS, BOLD, SECOND_THOUGHTS, TRIES = 1, 2, 3, 5
LEVELS = {CAUTIOUS: 2, BOLD: 4, SECOND_THOUGHTS: 5, ELDER: 5, TRIES: 3}
WARNED = "11:00"
MORE_FEN = 100 * ASSETS_FEN
WORDS: dict[str, str] = {"opinion": digest_of("opinion on suitability")}


def invest(story: Story) -> None:
    """From the tests to a sale that is followed up; leaving early is another step."""
    people = everybody()
    _tests(story, people)
    _sales(story, people)
    _care(story, people)
    _cancels(story)
    followed = {"sale": story.notes["elder sale"], "findings": "understood"}
    story.do("follow_up_sale", FOLLOWED, "10:00", f"person {ELDER} is called afterwards, as the house asks", **followed)


def _shown(people: list[dict[str, Any]], person: int) -> dict[str, Any]:
    return {"institution": 1, "person": person, **{name: people[person - 1][name] for name in ("document", "number")}}


def _test(story: Story, people: list[dict[str, Any]], person: int, level: int, time: str, what: str) -> None:
    story.do("test_suitability", TESTED, time, what, **_answers(people, person, level))


def _answers(people: list[dict[str, Any]], person: int, level: int) -> dict[str, Any]:
    said = {"questionnaire": 1, "answers": ANSWERS[level - 1], "answered_on": TESTED, "assets_fen": ASSETS_FEN}
    return {**_shown(people, person), **said}


def _tests(story: Story, people: list[dict[str, Any]]) -> None:
    drawn = generator(Stream.tested).integers(1, len(ANSWERS) + 1, INVESTORS).tolist()
    for person in range(1, INVESTORS + 1):
        level = LEVELS.get(person, drawn[person - 1])
        what = f"{INVESTORS} people are tested; the first: level {level} of 5" if person == 1 else ""
        _test(story, people, person, level, "09:00", what)
    _test(story, people, TRIES, LEVELS[TRIES] + 1, "09:30", f"person {TRIES} answers anew: a higher level, to confirm")
    third = _answers(people, TRIES, LEVELS[TRIES] + 2)
    story.refused("suit.tests.day", "test_suitability", TESTED, "10:00", "and a third time on the day", **third)


def _sale(people: list[dict[str, Any]], person: int, amount_fen: int, **fields: Any) -> dict[str, Any]:
    asked = {
        **_shown(people, person),
        "product": INVESTMENT,
        "wallet": person,
        "amount_fen": amount_fen,
        "terms_digest": digest_of(text_of("investment")),
        "authentication": "two_kinds_with_certificate",
    }
    return {**asked, **fields}


def _informed(story: Story, person: int, day: int, time: str, *, told: bool = False) -> dict[str, int]:
    """The opinion and the terms, half a minute before the order."""
    asked = {"person": person, "product": INVESTMENT}
    what = f"person {person} is given the house's opinion on the product" if told else ""
    given = story.do("give_opinion", day, f"{time}:00", what, **asked, **WORDS)
    what = f"and has the terms on the screen from {time}:10 on" if told else ""
    story.do("show_terms", day, f"{time}:10", what, **asked, terms_digest=digest_of(text_of("investment")))
    return given


def _sales(story: Story, people: list[dict[str, Any]]) -> None:
    given = _informed(story, CAUTIOUS, SOLD, "09:58")
    assert not given["fits"]
    what = f"person {CAUTIOUS} (level 2) asks for the product of level 4"
    story.refused("suit.no_mismatch", "sell_investment", SOLD, "10:00", what, **_sale(people, CAUTIOUS, 1_000_000))
    pushed = _sale(people, CAUTIOUS, 1_000_000, recommended=True)
    story.refused("suit.bans", "sell_investment", SOLD, "10:05", "the house recommends it all the same", **pushed)
    order = _sale(people, BOLD, 2_000_000)
    what = f"person {BOLD} (level 4) asks for it; no opinion has been given"
    story.refused("suit.opinion", "sell_investment", SOLD, "10:07", what, **order)
    _informed(story, BOLD, SOLD, "10:08", told=True)
    what = "orders nine seconds later"
    story.refused("suit.house.reading_seconds", "sell_investment", SOLD, "10:08:19", what, **order)
    what = "and a second after that: buys for 20,000.00"
    kept = story.do("sell_investment", SOLD, "10:08:20", what, **order)
    story.notes["bold sale"] = kept["sale"]
    beyond = _sale(people, BOLD, 4_000_000)
    story.refused("suit.house.means_share", "sell_investment", SOLD, "10:15", "and for 40,000.00 more", **beyond)
    _richer(story, people, beyond)
    _informed(story, SECOND_THOUGHTS, SOLD, "10:19")
    story.notes["wallet before"] = wallet_fen(story, SECOND_THOUGHTS)
    what = f"person {SECOND_THOUGHTS} (level 5) buys for 10,000.00"
    sold = story.do("sell_investment", SOLD, "10:20", what, **_sale(people, SECOND_THOUGHTS, 1_000_000))
    story.notes |= {"cancelled sale": sold["sale"], "cancelled position": sold["position"]}
    story.notes["wallet sold"] = wallet_fen(story, SECOND_THOUGHTS)


def _richer(story: Story, people: list[dict[str, Any]], beyond: dict[str, Any]) -> None:
    """The same answers and a hundred times the assets, to make the sale fit."""
    richer = {**_answers(people, BOLD, LEVELS[BOLD]), "answered_on": SOLD, "assets_fen": MORE_FEN}
    what = f"person {BOLD} states 10,000,000.00 of assets instead of 100,000.00"
    test = story.do("test_suitability", SOLD, "10:16", what, **richer)["test"]
    _informed(story, BOLD, SOLD, "10:17")
    what = "which counts when it is shown or has stood for 30 days: 40,000.00 more are refused as before"
    story.refused("suit.house.means_share", "sell_investment", SOLD, "10:18", what, **beyond)
    what = "and confirming it at once, without a paper"
    confirmed = {**_shown(people, BOLD), "test": test}
    story.refused("suit.house.assets_wait", "confirm_assets", SOLD, "10:18:30", what, **confirmed)


def _care(story: Story, people: list[dict[str, Any]]) -> None:
    _informed(story, ELDER, SOLD, "10:58")
    what = f"person {ELDER}, 68 (level 5), asks for it; nobody takes care"
    story.refused("suit.elder", "sell_investment", SOLD, WARNED, what, **_sale(people, ELDER, 500_000))
    cared = _sale(people, ELDER, 500_000)
    warning = {"person": ELDER, "product": INVESTMENT, "of": "high-risk", "evidence": digest_of("record of care")}
    story.do("warn_investor", SOLD, WARNED, "is warned of the high risk, with the care on record", **warning)
    what = "and asks again at once"
    story.refused("suit.house.elder_hours", "sell_investment", SOLD, "11:01", what, **cared)
    sold = story.do(
        "sell_investment", AGAIN, WARNED, f"person {ELDER} buys a day later, with care and time to think", **cared
    )
    story.notes["elder sale"] = sold["sale"]


def _cancels(story: Story) -> None:
    what = f"person {SECOND_THOUGHTS} cancels on the third of five days; all goes back to the wallet"
    returned = story.do("cancel_sale", CANCELLED, "10:00", what, sale=story.notes["cancelled sale"])
    story.notes |= {"refund position": returned["position"], "refunded": returned["returned_fen"]}
    story.notes |= {"refund wallet": returned["wallet"], "wallet after": wallet_fen(story, SECOND_THOUGHTS)}


def wallet_fen(story: Story, wallet: int) -> int:
    """What a wallet holds."""
    group = story.session.group
    found = group.ledger.balance(int(group.records.tables["wallet"].column("account")[wallet]))
    return found.credits_posted - found.debits_posted
