"""A mixed file is split with its history, and nothing of it is lost or shown twice."""

from typing import Any

import numpy as np
import pytest

from benyuan.assurance.bureau.splitting import kept_in, move
from benyuan.credit_bureau.layouts import ASKED, MONTH, PUBLIC
from benyuan.credit_bureau.vocabulary import DutyKind, ObjectionOutcome
from benyuan.values.errors import BadInput
from tests.unit.bureau.bureaus import BANK, LENDER, UTILITY, check_refused, shown
from tests.unit.bureau.furnished import furnish
from tests.unit.bureau.redressing import Redress, redress_in_memory

ON = 20260512
INTO, MIXED = 2, 1
NEW = 3


def split(person: int = 2, **fields: Any) -> dict[str, Any]:
    """Account 1 of file 1 goes over to a person's, but for what is said otherwise."""
    return {"bureau": 1, "subject": MIXED, "accounts": "1", "words": "of one name", **shown(person), **fields}


@pytest.fixture
def bureau() -> Redress:
    return redress_in_memory()


def test_accounts_objections_and_inquiries_go_over(bureau: Redress) -> None:
    number = bureau.object_to(on=ON, month=0, fault="not-mine")["objection"]
    bureau.object_to(account=2)
    done = bureau.do("split_subject", **split(consents="1", inquiries="1", objection=number))
    assert {name: done[name] for name in ("into", "accounts", "consents", "inquiries", "objections", "to_tell")} == {
        "into": INTO,
        "accounts": 1,
        "consents": 1,
        "inquiries": 1,
        "objections": 1,
        "to_tell": 1,
    }
    assert bureau.of("bureau_account", 1)["subject"] == INTO
    assert bureau.of("bureau_account", 2)["subject"] == MIXED
    assert bureau.of("bureau_consent", 1)["subject"] == INTO
    assert bureau.of("bureau_inquiry", 1)["subject"] == INTO
    assert [row["subject"] for row in bureau.rows("bureau_objection")] == [INTO, MIXED]
    assert [bureau.of("bureau_subject", each)["objections"] for each in (MIXED, INTO)] == [1, 1]
    assert bureau.of("bureau_duty", 1)["subject"] == INTO
    (told,) = bureau.duties(DutyKind.tell_shown)
    assert (told["member"], told["subject"], told["about"]) == (LENDER, INTO, number)
    found = bureau.group.books().furnished(MONTH, [1])
    assert len(found.records) == 2, "months are kept by account"
    bureau.check()


def test_readers_whose_asking_stays_are_told_about_the_file_that_stays(bureau: Redress) -> None:
    asking = bureau.consent(1, on=ON, times=3)
    for _ in range(2):
        assert bureau.inquire(1, consent=asking).accepted
    assert bureau.do("split_subject", **split(inquiries="1"))["to_tell"] == 2
    told = {(row["member"], row["subject"]) for row in bureau.duties(DutyKind.tell_shown)}
    assert told == {(BANK, MIXED), (LENDER, INTO)}


@pytest.mark.parametrize("consents", ["", "1"])
def test_an_account_is_furnished_on_no_other_persons_consent(bureau: Redress, consents: str) -> None:
    """What the mixed file's person allowed is nothing that the account's own person has (Order 631, art. 13)."""
    assert bureau.of("bureau_account", 1)["consent"] == 1
    bureau.do("split_subject", on=ON, **split(consents=consents))
    records = np.zeros(1, MONTH.dtype)
    records["account"], records["month"] = 1, 202604
    answer = furnish(bureau, records, on=ON, member=BANK)
    assert [each.rule for each in answer.turned_away] == ([] if consents else ["cr.collect.consent"])
    bureau.check()


def test_who_has_no_file_gets_one(bureau: Redress) -> None:
    done = bureau.do("split_subject", on=ON, **split(7))
    assert done["into"] == NEW
    assert bureau.of("bureau_subject", NEW)["identified_on"] == ON
    assert bureau.own(7).accepted, "their free report is counted apart"
    assert bureau.own(7).accepted
    assert not bureau.own(7).accepted
    assert bureau.own(1).accepted
    bureau.check()


def test_a_split_is_the_correction_of_what_was_not_the_persons(bureau: Redress) -> None:
    number = bureau.object_to(on=ON, month=0, fault="not-mine")["objection"]
    bureau.say(number)
    done = bureau.do("split_subject", **split(objection=number, inquiries="1"))
    decided = {"objection": number, "outcome": "corrected", "correction": done["position"], "words": "it is another's"}
    assert (done["to_tell"], bureau.do("decide_objection", **decided)["to_tell"]) == (1, 0), "the lender is told once"
    assert bureau.of("bureau_objection", number)["outcome"] == ObjectionOutcome.corrected
    assert [bureau.of("bureau_subject", each)["objections"] for each in (MIXED, INTO)] == [0, 0]
    bureau.check()


def test_another_name_under_the_document_is_refused(bureau: Redress) -> None:
    answer = bureau.ask("split_subject", on=ON, **split(full_name="王二麻"))
    check_refused(bureau, answer, "cr.accuracy")


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        (split(accounts="3"), "accounts", "in the mixed file"),
        (split(accounts="1, x"), "accounts", "in the mixed file"),
        (split(accounts="1,3"), "accounts", "in the mixed file"),
        (split(accounts="-1"), "accounts", "in the mixed file"),
        (split(accounts="9" * 19), "accounts", "in the mixed file"),
        (split(accounts="1; drop table"), "accounts", "in the mixed file"),
        (split(accounts=""), "accounts", "goes over"),
        (split(accounts=" , "), "accounts", "goes over"),
        (split(consents="3"), "consents", "in the mixed file"),
        (split(inquiries="99"), "inquiries", "in the mixed file"),
        (split(1), "subject", "not of the person"),
        (split(subject=99), "subject", "exists"),
        (split(objection=99), "objection", "exists"),
        (split(words=""), "words", "1 to"),
        (split(accounts="1 " * 1_001), "accounts", "to 2000"),
    ],
)
def test_bad_input(bureau: Redress, fields: dict[str, Any], field: str, says: str) -> None:
    answer = bureau.ask("split_subject", on=ON, **fields)
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field, answer.invalid.text()
    assert says in answer.invalid.text()
    assert bureau.of("bureau_account", 1)["subject"] == MIXED


def public_records(subject: int, *amounts: int) -> Any:
    """Published judgments, told apart by their amounts."""
    made = np.zeros(len(amounts), PUBLIC.dtype)
    made["subject"], made["amount_fen"], made["kind"] = subject, amounts, 1
    made["published"], made["decided_on"], made["reference"] = 1, 20260301, np.arange(1, len(amounts) + 1)
    return made


def test_public_records_follow_into_the_right_file(bureau: Redress) -> None:
    made = public_records(MIXED, 100, 200, 200)
    bureau.parcel("furnish_public", made, on=ON, bureau=1, member=UTILITY)
    going = public_records(INTO, 200)
    going["reference"] = 2
    bureau.desk.now = bureau.group.last_at
    moved = bureau.parcel("move_public", going, bureau=1, member=UTILITY, subject=MIXED, into=INTO)
    assert moved["records"] == 1
    books = bureau.group.books()
    assert books.furnished(PUBLIC, [MIXED]).records["amount_fen"].tolist() == [100, 200]
    assert books.furnished(PUBLIC, [INTO]).records["amount_fen"].tolist() == [200]
    assert bureau.of("bureau_parcel", moved["parcel"])["member"] == UTILITY
    bureau.check()


def test_inquiries_made_elsewhere_follow(bureau: Redress) -> None:
    made = np.array([(MIXED, 20260302, 1), (MIXED, 20260303, 2)], ASKED.dtype)
    bureau.parcel("furnish_inquiries", made, on=ON, bureau=1, member=BANK)
    bureau.desk.now = bureau.group.last_at
    going = np.array([(INTO, 20260303, 2)], ASKED.dtype)
    bureau.parcel("move_inquiries", going, bureau=1, member=BANK, subject=MIXED, into=INTO)
    assert bureau.group.books().furnished(ASKED, [MIXED]).records["asked_on"].tolist() == [20260302]
    assert bureau.group.books().furnished(ASKED, [INTO]).records["asked_on"].tolist() == [20260303]
    bureau.check()


def test_nothing_new_and_nothing_of_another_member_comes_in_by_a_move(bureau: Redress) -> None:
    bureau.parcel("furnish_public", public_records(MIXED, 100), on=ON, bureau=1, member=UTILITY)
    bureau.desk.now = bureau.group.last_at
    for member, records in (
        (UTILITY, public_records(INTO, 101)),
        (UTILITY, public_records(MIXED, 100)),
        (BANK, public_records(INTO, 100)),
    ):
        answer = bureau.group.execute_parcel(
            kind="move_public",
            columns={"bureau": 1, "member": member, "subject": MIXED, "into": INTO},
            records=records,
            client="desk",
            key=f"move {bureau.group.position}",
            at=bureau.group.last_at,
        )
        assert [each.places for each in answer.turned_away] == [[0]]
        assert answer.results["records"] == 0
    assert len(bureau.group.books().furnished(PUBLIC, [MIXED]).records) == 1
    assert len(bureau.group.books().furnished(PUBLIC, [INTO]).records) == 0
    bureau.check()


@pytest.mark.parametrize(("into", "says"), [(MIXED, "another file"), (99, "exists")])
def test_files_that_do_not_fit(bureau: Redress, into: int, says: str) -> None:
    bureau.desk.now = bureau.group.last_at
    answer = bureau.group.execute_parcel(
        kind="move_public",
        columns={"bureau": 1, "member": UTILITY, "subject": MIXED, "into": into},
        records=public_records(into, 1),
        client="desk",
        key="move",
        at=bureau.group.last_at,
    )
    assert answer.invalid is not None
    assert answer.invalid.field == "into"
    assert says in answer.invalid.text()


def test_chosen_records_of_several_members_go_over(bureau: Redress) -> None:
    asked: dict[str, Any] = {"bureau": 1, "on": ON}
    bureau.parcel("furnish_public", public_records(MIXED, 100, 200), member=UTILITY, **asked)
    bureau.parcel("furnish_public", public_records(MIXED, 300), member=BANK, **asked)
    kept = kept_in(bureau.group, PUBLIC, subject=MIXED)
    assert [(each.member, each.columns["amount_fen"]) for each in kept] == [(UTILITY, 100), (UTILITY, 200), (BANK, 300)]
    bureau.desk.now = bureau.group.last_at
    going: dict[str, Any] = {"subject": MIXED, "into": INTO, "client": "desk", "key": "split"}
    assert move(bureau.group, PUBLIC, places=[2, 0, 2], **going) == 2
    assert [each.columns["amount_fen"] for each in kept_in(bureau.group, PUBLIC, subject=MIXED)] == [200]
    assert {(each.member, each.columns["amount_fen"]) for each in kept_in(bureau.group, PUBLIC, subject=INTO)} == {
        *((UTILITY, 100), (BANK, 300))
    }
    with pytest.raises(BadInput, match="places"):
        move(bureau.group, PUBLIC, places=[1], **going)
    bureau.check()
