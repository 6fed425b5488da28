"""The text of key facts: no figure outshines the yearly rate, both languages say the same, old texts come out again."""

import hashlib
import re
from importlib.resources import files
from typing import Any

import msgspec
import pytest

from benyuan.assurance.protection.key_facts import key_facts_of, key_facts_shown
from benyuan.consumer_finance.vocabulary import EVERY_NUMBER, METHOD_NUMBER
from benyuan.consumer_protection.key_facts import loader
from benyuan.consumer_protection.key_facts.loader import read_template, templates
from benyuan.consumer_protection.key_facts.records import ABOUT, FIGURES
from benyuan.consumer_protection.key_facts.rendering import digest_of, rate_text, rendered, share_text
from benyuan.consumer_protection.key_facts.template import Template, has_figure, has_rate, outshining
from benyuan.rules import load_pack
from benyuan.values.errors import BadInput
from tests.unit.lending.lenders import CASH, OFFER, Lender, lender_in_memory
from tests.unit.lending.reading import made, reads, shows
from tests.unit.protection.customers import check_verified

ON = 20260415
PUBLISHED = {1: "e018f0762501bc4c0385ca7d2b1afec0a80f20e704cc6d36be18062ab00e16c6"}
"""The SHA-256 of each version's file: one that was used is never changed, another text is another version."""
LOANS = ("cash-loan", "pay-later", "plan", "extension")
OF_INVESTMENT = {"level": 3, "cooling_days": 7, "exit_fee_days": 30, "exit_fee_ppm": 5_000, "pay_days": 4}
NAMES = {
    "lender_name": "某消费金融公司",
    "partner_name": "某银行",
    "guarantor_name": "某担保公司",
    "product_name": "某产品",
    "maker_name": "某理财公司",
    "fees": "无",
}
FIGURE = re.compile(r"[0-9][0-9,.%-]*[0-9%]|[0-9]")


def all_figures() -> dict[str, int]:
    """Every figure with a value of its own; words have number 1."""
    numbers = {name: 1_000_000 + 7 * place for place, name in enumerate((*ABOUT, *FIGURES))}
    dates = {name: 20260101 + place for place, name in enumerate(each for each in FIGURES if each.endswith("_on"))}
    words = dict.fromkeys(("simple", "method", "every_unit", "late_on_interest"), 1)
    return {**numbers, **dates, **OF_INVESTMENT, "until": 20261231, **words}


def text_of(template: Template, document: str, language: str, **figures: int) -> str:
    return rendered(template, document=document, language=language, figures={**all_figures(), **figures}, names=NAMES)


@pytest.mark.parametrize("document", LOANS)
@pytest.mark.parametrize("version", templates())
def test_no_figure_is_more_conspicuous_than_the_rate(version: int, document: str) -> None:
    lines = templates()[version].lines(document)
    (rate,) = [line for line in lines if has_rate(line)]
    assert (rate.rank, lines[0]) == (1, rate)
    assert outshining(lines) == []
    assert [line for line in lines if line.rank < 3 and has_figure(line)] == [rate]
    for language in ("zh", "en"):
        told = text_of(templates()[version], document, language).splitlines()
        loud = [line for line in told if line.startswith("#") and FIGURE.search(line)]
        assert loud == [told[0]]
        assert told[0].startswith("# ")
        assert told[0].count("%") == 1


@pytest.mark.parametrize("document", [*LOANS, "investment"])
@pytest.mark.parametrize("version", templates())
@pytest.mark.parametrize("without", [(), ("partner", "guarantor", "until", "grace_days", "cooling_off_days", "offer")])
def test_both_languages_say_the_same_figures(version: int, document: str, without: tuple[str, ...]) -> None:
    zh, en = (
        text_of(templates()[version], document, language, **dict.fromkeys(without, 0)).splitlines()
        for language in ("zh", "en")
    )
    assert len(zh) == len(en)
    for one, other in zip(zh, en, strict=True):
        assert sorted(FIGURE.findall(one)) == sorted(FIGURE.findall(other)), (one, other)
    assert len(FIGURE.findall("".join(zh))) > 4


@pytest.mark.parametrize("document", LOANS)
@pytest.mark.parametrize("rule", ["cp.pbc.disclose", "cp.nfra.disclose", "cf.disclose", "cpl.disclose"])
def test_every_item_of_the_rules_on_disclosure_is_answered(rule: str, document: str) -> None:
    newest = templates()[max(templates())]
    asked = {tier.code("item") for tier in load_pack().value(id=rule, on=20260801).tiers}
    assert asked <= {item for line in newest.lines(document) for item in line.about}


def test_published_versions_stay_as_they_were() -> None:
    folder = files(loader.__package__ or "").joinpath("data")
    found = {
        read_template(entry.read_text("utf-8"), source=entry.name).version: hashlib.sha256(entry.read_bytes())
        for entry in folder.iterdir()
    }
    assert {version: each.hexdigest() for version, each in found.items()} == PUBLISHED


def test_every_word_of_a_loan_is_worded() -> None:
    for template in templates().values():
        assert set(template.words["method"]) == set(METHOD_NUMBER.values())
        assert set(template.words["every_unit"]) == set(EVERY_NUMBER.values())


@pytest.mark.parametrize(
    ("ppb", "text"), [(0, "0.00%"), (180_049_999, "18.00%"), (180_050_000, "18.01%"), (1_234_567_890, "123.46%")]
)
def test_a_rate_is_rounded_half_up(ppb: int, text: str) -> None:
    assert rate_text(ppb) == text


@pytest.mark.parametrize(("ppm", "text"), [(0, "0.00%"), (182_500, "18.25%"), (182_555, "18.2555%"), (5, "0.0005%")])
def test_a_share_is_exact(ppm: int, text: str) -> None:
    assert share_text(ppm) == text


GOOD = """
version: 9
from_date: 20260101
words: {simple: {0: {zh: 甲, en: a}, 1: {zh: 乙, en: b}}}
parts: {rate: [{rank: 1, zh: "{annual_ppb:rate}", en: "{annual_ppb:rate}"}]}
documents: {cash-loan: [rate]}
"""


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('en: "{annual_ppb:rate}"', "en: rate", "the same slots in both languages"),
        ("cash-loan: [rate]", "cash-loan: [late]", "a part that there is"),
        ("{annual_ppb:rate}", "{annual_ppb:colour}", "one of the ways"),
        ("{annual_ppb:rate}", "{annual_ppb:word}", "words for annual_ppb"),
        ("{annual_ppb:rate}", "{Annual}", "slots as"),
        ("version: 9", "version: nine", "version"),
        ("version: 9", "[", "YAML"),
    ],
)
def test_templates_that_are_none(old: str, new: str, wanted: str) -> None:
    read_template(GOOD, source="good")
    with pytest.raises(BadInput, match=wanted):
        read_template(GOOD.replace(old, new), source="bad")


def test_a_louder_figure_and_a_missing_rate_are_found() -> None:
    interest = '{rank: 1, zh: "{interest_fen:yuan}", en: "{interest_fen:yuan}"}'
    loud = GOOD.replace("parts: {rate: [", f"parts: {{rate: [{interest}, ")
    (found,) = outshining(read_template(loud, source="loud").lines("cash-loan"))
    assert "interest_fen" in found.zh
    quiet = GOOD.replace("rank: 1", "rank: 3").replace("parts: {rate: [", "parts: {rate: [{zh: 甲 7, en: a 7}, ")
    assert [line.en for line in outshining(read_template(quiet, source="quiet").lines("cash-loan"))] == ["a 7"]
    none = GOOD.replace("annual_ppb:rate", "late_rate_ppm:share")
    assert len(outshining(read_template(none, source="none").lines("cash-loan"))) == 1


def offered(borrower: int = 1) -> Lender:
    lender = lender_in_memory()
    lender.do("offer_loan", on=ON, **{**OFFER, "borrower": borrower, "until": 20260930, "first_due_on": 20261015})
    return lender


def next_version(monkeypatch: pytest.MonkeyPatch, *, from_date: int, **changes: Any) -> None:
    """A second version from a day on, in which every line says something else."""
    lines = {
        name: tuple(msgspec.structs.replace(line, en=f"{line.en} Anew.", zh=f"{line.zh}新。") for line in part)
        for name, part in templates()[1].parts.items()
    }
    second = msgspec.structs.replace(templates()[1], version=2, from_date=from_date, parts=lines, **changes)
    both = {1: templates()[1], 2: second}
    monkeypatch.setattr(loader, "templates", lambda: both)
    for module in ("usecases.protection.contact.key_facts_shared", "assurance.protection.key_facts"):
        monkeypatch.setattr(f"benyuan.{module}.templates", lambda: both)


def test_the_old_text_comes_out_when_terms_and_templates_have_moved_on(monkeypatch: pytest.MonkeyPatch) -> None:
    lender = offered()
    seen = {language: made(lender, borrower=1, offer=1, language=language).text for language in ("zh", "en")}
    for language in seen:
        reads(lender, borrower=1, offer=1, language=language)
    next_version(monkeypatch, from_date=20260601)
    terms = {"method": "bullet", "rate_ppm": 100_000, "late_rate_ppm": 150_000, "most_fen": 10_000, "most_terms": 3}
    lender.do("publish_loan_terms", on=20260601, product=CASH, from_date=20260601, **terms)
    told = key_facts_of(lender.group, borrower=1)
    assert {each.language: each.text for each in told} == seen
    assert [(each.state, each.template) for each in told] == [("as-shown", 1)] * 2
    assert all(digest_of(each.text) == each.digest and each.confirmed_at > each.shown_at for each in told)
    again = shows(lender, borrower=1, offer=1, language="en")
    newest = key_facts_shown(lender.group, number=again.results["key_facts"])
    assert (newest.template, newest.state, newest.confirmed) == (2, "as-shown", 0)
    assert newest.text.splitlines()[0].endswith("Anew.")
    check_verified(lender)


def test_a_version_is_used_from_its_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    lender = offered()
    next_version(monkeypatch, from_date=20260601)
    day_before, day = (made(lender, on=on, borrower=1, offer=1).text for on in (20260531, 20260601))
    assert "新。" not in day_before
    assert "新。" in day


def test_a_template_that_is_not_at_hand_leaves_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    lender = offered()
    digest = made(lender, borrower=1, offer=1).digest
    reads(lender, borrower=1, offer=1)
    monkeypatch.setattr("benyuan.assurance.protection.key_facts.templates", dict)
    (told,) = key_facts_of(lender.group, borrower=1)
    assert (told.state, told.text, told.digest) == ("digest-only", "", digest)


def test_a_template_that_was_changed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    lender = offered()
    reads(lender, borrower=1, offer=1)
    changed = msgspec.structs.replace(templates()[1], documents={"cash-loan": ("rate",)})
    monkeypatch.setattr("benyuan.assurance.protection.key_facts.templates", lambda: {1: changed})
    (told,) = key_facts_of(lender.group, borrower=1)
    assert told.state == "other"


def test_showings_are_found_by_offer_loan_and_account() -> None:
    lender = offered()
    number = reads(lender, borrower=1, offer=1)
    lender.do("offer_loan", **{**OFFER, "until": 20260930, "first_due_on": 20261015, "amount_fen": 500_000})
    other = reads(lender, borrower=1, offer=2)
    lender.do("draw_loan", offer=1, purpose="travel")
    more = reads(lender, "show_extension_key_facts", borrower=1, loan=1, more_terms=6)
    account = reads(lender, "show_account_key_facts", borrower=1, product=2, line_fen=1_000)
    lender.do("open_credit_account", borrower=1, product=2, line_fen=1_000)
    found = {
        name: [each.key_facts for each in key_facts_of(lender.group, borrower=1, **wanted)]
        for name, wanted in {"offer": {"offer": 2}, "loan": {"loan": 1}, "account": {"account": 1}, "all": {}}.items()
    }
    everything = [number, other, more, account]
    assert found == {"offer": [other], "loan": [number, more], "account": [account], "all": everything}
    with pytest.raises(LookupError, match="no loan 1 of borrower 2"):
        key_facts_of(lender.group, borrower=2, loan=1)
    with pytest.raises(LookupError, match="no key facts 5"):
        key_facts_shown(lender.group, number=5)
    with pytest.raises(LookupError, match="shows no key facts"):
        made(lender, "draw_loan", offer=1)


def test_who_lends_beside_and_who_guarantees_stand_in_the_text() -> None:
    lender = offered()
    bank: dict[str, Any] = {"partner": 1, "partner_name": "a bank", "guarantor": 1, "guarantor_name": "a bank"}
    text = made(lender, borrower=1, offer=1, language="en", **bank).text
    assert text.count("a bank") == 4
    assert "a bank" not in made(lender, borrower=1, offer=1, language="en").text
    reads(lender, borrower=1, offer=1, language="en", **bank)
    assert key_facts_shown(lender.group, number=1).text == text
