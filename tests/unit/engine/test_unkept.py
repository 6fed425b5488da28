"""Texts of commands that make no sense: the live answer names them, no byte of the database does, and keys still hold.

Worked: a consent whose `sections` name an illness is invalid; the log has a mark there, and a digest sealed beside it.
"""

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from benyuan.decisions.commands import REGISTRY, Request
from benyuan.decisions.outcomes import Answer, Outcome
from benyuan.engine import codec, group, outcomes
from benyuan.engine.group import Group
from benyuan.engine.intake import Incoming, of_columns
from benyuan.engine.unkept import NOT_KEPT, UNKEPT
from benyuan.engine.verify import Report, verify
from benyuan.engine.why import why
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases import USE_CASES
from benyuan.usecases.register_institution import Register
from tests.unit.bureau.bureaus import AGREED, CONSENT, UTILITY, Bureau, bureau_in_memory, found_bureau, shown
from tests.unit.engine.groups import CLIENT, MORNING, Desk, found_town, in_memory, memory_of, on_file, vault_beside

ILL, OTHER = "schizophrenia", "tuberculosis"
CHINESE = "精神分裂症"
A_PERSON: dict[str, Any] = {**CONSENT, **shown(1)}
MIXED: dict[str, Any] = {"bureau": 1, "subject": 1, "words": "two people in one file", **shown(2)}
PAID: dict[str, Any] = {
    "payer": 1,
    "merchant": 1,
    "amount_fen": 1,
    "channel": "online",
    "authentication": "two_kinds",
}
LISTS: list[tuple[str, dict[str, Any], str]] = [
    ("grant_consent", A_PERSON, "sections"),
    ("grant_consent", {**A_PERSON, "furnishing": True, "told_adverse": True}, "restricted"),
    ("agree_membership", {**AGREED, "member": UTILITY}, "furnishes"),
    ("agree_membership", {**AGREED, "member": UTILITY}, "asks"),
    ("split_subject", {**MIXED, "accounts": ""}, "accounts"),
    ("split_subject", {**MIXED, "accounts": ""}, "consents"),
    ("split_subject", {**MIXED, "accounts": ""}, "inquiries"),
]
"""Every list of words and of ids at the bureau, in a command that is sound but for it."""
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("grant_consent", A_PERSON, "purpose"),
    ("grant_consent", A_PERSON, "times"),
    ("grant_consent", A_PERSON, "written"),
    ("agree_membership", {**AGREED, "member": UTILITY}, "from_date"),
]
"""A text where a word of an enumeration, a number, or yes and no is wanted."""


def bytes_of(file: Path) -> bytes:
    """All that lies on the disk: the database with its logs, and the keys."""
    return b"".join(each.read_bytes() for each in file.parent.rglob("*") if each.is_file())


def bureau_on(file: Path) -> Bureau:
    bureau = found_bureau(on_file(file, now=MORNING))
    bureau.do("grant_consent", **A_PERSON)
    return bureau


def again(file: Path) -> Desk:
    return on_file(file, now=MORNING)


def send(desk: Desk | Bureau, kind: str, fields: dict[str, Any], *, key: str = "k") -> Answer:
    columns = {name: [item] for name, item in fields.items()}
    at = max(MORNING, desk.group.last_at)
    answer: Answer = desk.group.execute_columns(kind=kind, columns=columns, client=CLIENT, keys=[key], at=at)[0]
    return answer


def verified(group_: Group) -> Report:
    report = verify(group_.store, vault=group_.vault, use_cases=USE_CASES)
    assert (report.ok, report.faults, report.differences) == (True, [], [])
    return report


def is_conflict(answer: Answer) -> bool:
    return answer.outcome is Outcome.unlogged and answer.invalid is not None and answer.invalid.field == "key"


# ---- what is kept ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "fields", "field"), [*LISTS, *WRONG])
def test_an_illness_stands_in_no_byte_and_in_the_live_answer(
    kind: str, fields: dict[str, Any], field: str, tmp_path: Path
) -> None:
    file = tmp_path / "group.db"
    bureau = bureau_on(file)
    said = f"{CHINESE}, {ILL}"
    answer = send(bureau, kind, {**fields, field: said})
    assert answer.outcome is Outcome.invalid
    assert answer.invalid is not None
    assert (answer.invalid.field, answer.invalid.value) == (field, said)
    assert file.with_name(file.name + "-wal").stat().st_size > 0
    for _ in range(2):
        found = bytes_of(file)
        assert b"Benyuan Credit" in found, "what is accepted is there to be found"
        assert ILL.encode() not in found
        assert CHINESE.encode() not in found
        bureau.group.close()


@pytest.mark.parametrize(("kind", "fields", "field"), [LISTS[0], LISTS[4], WRONG[0]])
def test_repeats_conflicts_and_the_log_before_and_after_a_restart(
    kind: str, fields: dict[str, Any], field: str, tmp_path: Path
) -> None:
    file = tmp_path / "group.db"
    bureau = bureau_on(file)
    first = send(bureau, kind, {**fields, field: ILL})
    was, desk = memory_of(bureau.group), bureau.desk
    for _ in range(2):
        repeated = send(desk, kind, {**fields, field: ILL})
        assert (repeated.repeated, repeated.position, repeated.outcome) == (True, first.position, Outcome.invalid)
        assert first.invalid is not None
        assert repeated.invalid == msgspec.structs.replace(first.invalid, value=NOT_KEPT)
        assert is_conflict(send(desk, kind, {**fields, field: OTHER})), "another text"
        assert is_conflict(send(desk, kind, {**fields, field: f"{ILL} "})), "the same text and a space"
        assert is_conflict(send(desk, kind, fields)), "the sound command"
        number = next(name for name, item in fields.items() if type(item) is int)
        assert is_conflict(send(desk, kind, {**fields, field: ILL, number: fields[number] + 1})), "another number"
        explained = why(desk.group, first.position)
        assert explained.invalid == repeated.invalid
        assert ILL not in explained.text()
        assert memory_of(desk.group) == was
        assert verified(desk.group).undecidable == (first.position and int((kind, fields, field) in LISTS))
        desk.group.close()
        desk = again(file)
        assert memory_of(desk.group) == was
    desk.group.close()


def test_a_word_beside_a_fault_of_another_field_is_not_kept_either() -> None:
    bureau = bureau_in_memory()
    answer = send(bureau, "grant_consent", {**A_PERSON, "member": 99, "sections": ILL, "restricted": OTHER})
    assert answer.invalid is not None
    assert (answer.invalid.field, answer.invalid.value) == ("member", 99)
    kept = why(bureau.group, answer.position)
    assert (kept.command["sections"], kept.command["restricted"]) == (NOT_KEPT, NOT_KEPT)
    assert kept.invalid == answer.invalid, "a number stays"
    assert verified(bureau.group).undecidable == 1


def test_a_malformed_commands_other_words_are_not_kept() -> None:
    bureau = bureau_in_memory()
    answer = send(bureau, "grant_consent", {**A_PERSON, "times": -1, "sections": ILL})
    opened = bureau.group.reader.at_position(answer.position)
    assert ILL.encode() not in opened.block.body + opened.block.outcome
    assert why(bureau.group, answer.position).command["sections"] == NOT_KEPT
    assert is_conflict(send(bureau, "grant_consent", {**A_PERSON, "times": -1, "sections": OTHER}))
    assert send(bureau, "grant_consent", {**A_PERSON, "times": -1, "sections": ILL}).position == answer.position


def test_the_name_of_a_field_that_there_is_not(tmp_path: Path) -> None:
    file = tmp_path / "group.db"
    desk = found_town(on_file(file))
    answer = send(desk, "pay", {**PAID, ILL: 1})
    assert answer.invalid is not None
    assert answer.invalid.field == ILL
    assert ILL.encode() not in bytes_of(file)
    repeated = send(desk, "pay", {**PAID, ILL: 1})
    assert (repeated.repeated, repeated.invalid and repeated.invalid.field) == (True, NOT_KEPT)
    assert is_conflict(send(desk, "pay", {**PAID, OTHER: 1}))
    tried = send(desk, "pay", {**PAID, "subject": 1}, key="tried")
    assert why(desk.group, tried.position).invalid == tried.invalid, "another command's field is named"
    assert verified(desk.group).undecidable == 0
    desk.group.close()


def test_no_field_of_any_command_brings_a_text_into_a_log_that_makes_no_sense_of_it(tmp_path: Path) -> None:
    """Each field of each kind once with a text of its own; only what is accepted or refused may keep it."""
    file = tmp_path / "group.db"
    desk = found_town(on_file(file))
    senseless: list[str] = []
    for kind in sorted(USE_CASES):
        fields = [field for field in fields_of(kind) if field.name not in REGISTRY[kind].personal]
        texts = [f"{ILL}-{kind}-{field.name}."[-60:] for field in fields]
        columns = {name: [item] * len(fields) for name, item in sound(kind).items()}
        columns |= {field.name: [field.default] * len(fields) for field in fields if not field.required}
        for place, field in enumerate(fields):
            columns[field.name][place] = texts[place]
        keys = [f"{kind} {place}" for place in range(len(fields))]
        answers = desk.group.execute_columns(kind=kind, columns=columns, client=CLIENT, keys=keys)
        for answer, field, text in zip(answers, fields, texts, strict=True):
            if not isinstance(field.type, msgspec.inspect.StrType):
                assert answer.invalid is not None, text
                assert (answer.invalid.field, answer.invalid.value) == (field.name, text)
            senseless += [text] if answer.outcome is Outcome.invalid else []
    assert len(senseless) > len(USE_CASES)
    verified(desk.group)
    found = bytes_of(file)
    assert [text for text in senseless if text.encode() in found] == []
    desk.group.close()


def fields_of(kind: str) -> list[Any]:
    return list(msgspec.inspect.type_info(REGISTRY[kind]).fields)  # type: ignore[attr-defined]  # a struct's


def sound(kind: str) -> dict[str, Any]:
    """Something for each field that has to be given."""
    made: dict[str, Any] = {}
    for field in fields_of(kind):
        if isinstance(field.type, msgspec.inspect.IntType) and field.required:
            made[field.name] = max(field.type.ge or 0, 1)
        elif isinstance(field.type, msgspec.inspect.EnumType) and field.required:
            made[field.name] = next(iter(field.type.cls)).value
        elif isinstance(field.type, msgspec.inspect.StrType) and field.required:
            made[field.name] = "x" * (field.type.min_length or 1)
        elif isinstance(field.type, msgspec.inspect.BoolType) and field.required:
            made[field.name] = False
    return made


# ---- the digest -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "fields", "field"), [LISTS[2], LISTS[3], WRONG[1], WRONG[3]])
def test_nothing_in_the_log_depends_on_the_text_but_what_is_salted(
    kind: str, fields: dict[str, Any], field: str
) -> None:
    bodies, commitments = [], []
    for text in (ILL, OTHER, ILL):
        bureau = bureau_in_memory()
        answer = send(bureau, kind, {**fields, field: text})
        opened = bureau.group.reader.at_position(answer.position)
        bodies.append({**opened.body, "commitments": sorted(opened.body["commitments"]), "said": opened.outcome})
        commitments.append(opened.body["commitments"]["0"])
    assert bodies[0] == bodies[1] == bodies[2]
    assert len(set(commitments)) == 3, "the same text has another commitment each time"


def test_a_digest_that_can_be_made_again_is_not_in_the_log() -> None:
    """Whoever guesses at the illness and knows every other field has nothing to compare with."""
    bureau = bureau_in_memory()
    fields = {**AGREED, "member": UTILITY, "from_date": ILL}
    answer = send(bureau, "agree_membership", fields)
    columns = {name: [item] for name, item in fields.items()}
    guess = of_columns(kind="agree_membership", clients=[CLIENT], keys=["k"], at=MORNING, columns=columns)
    block = bureau.group.reader.at_position(answer.position).block
    assert guess.malformed[0].encode() not in block.body + block.outcome
    words = hashlib.sha256(codec.encoded({"from_date": ILL})).hexdigest().encode()
    assert words not in block.body + block.outcome


def test_once_erased_a_digest_is_no_longer_compared() -> None:
    bureau = bureau_in_memory()
    fields = {**AGREED, "member": UTILITY, "asks": ILL}
    first = send(bureau, "agree_membership", fields)
    held = bureau.group.store.payload(first.position)
    assert held is not None
    assert held[0] == "digests/202605", "the key of the month's personal fields can go without it"
    bureau.group.store.erase_payload(first.position)
    assert send(bureau, "agree_membership", {**fields, "asks": OTHER}).position == first.position
    assert is_conflict(send(bureau, "agree_membership", {**fields, "until": 20270101})), "what is kept is compared"
    assert is_conflict(send(bureau, "agree_membership", {**fields, "asks": ""}))
    assert verified(bureau.group).erased_payloads > 0


# ---- what is not touched --------------------------------------------------------------------------------------------


def test_words_that_make_sense_stay_as_they_came() -> None:
    bureau = bureau_in_memory()
    taken = send(bureau, "grant_consent", {**A_PERSON, "sections": "accounts, score"}, key="a")
    refused = send(bureau, "grant_consent", {**A_PERSON, "sections": "score", "written": False}, key="b")
    assert (taken.outcome, refused.outcome) == (Outcome.accepted, Outcome.refused)
    for answer, words in ((taken, "accounts, score"), (refused, "score")):
        assert UNKEPT not in bureau.group.reader.at_position(answer.position).body
        assert why(bureau.group, answer.position).command["sections"] == words
    assert verified(bureau.group).undecidable == 0


def test_what_makes_no_sense_and_has_no_words_is_decided_again() -> None:
    bureau = bureau_in_memory()
    answer = send(bureau, "grant_consent", {**A_PERSON, "member": 99})
    assert answer.outcome is Outcome.invalid
    opened = bureau.group.reader.at_position(answer.position)
    assert UNKEPT not in opened.body
    assert opened.body["columns"]["sections"] == {"*": "all"}, "the word that stands where nobody gives one"
    assert verified(bureau.group).undecidable == 0


@pytest.mark.parametrize("saved", [False, True])
def test_sound_and_senseless_commands_in_one_call(saved: bool) -> None:
    desk = found_town(in_memory())
    provinces = ["all", ILL, "hunan", "", "all", OTHER]
    columns = {
        "institution": [1, 1, 1, 1, 99, 1],
        "provinces": provinces,
        "from_date": [20260601] * 5 + ["soon"],
    }
    keys = list("abcdef")

    def ask(**changed: Any) -> list[Answer]:
        return list(
            desk.group.execute_columns(kind="record_area", columns={**columns, **changed}, client=CLIENT, keys=keys)
        )

    first = ask()
    assert [answer.outcome.name for answer in first] == ["accepted", "invalid", "accepted", *["invalid"] * 3]
    if saved:
        desk.group.save()
    second = ask()
    assert [answer.position for answer in second] == [answer.position for answer in first]
    assert [answer.results for answer in second] == [answer.results for answer in first]
    third = ask(provinces=["all", OTHER, "hunan", "", "all", ILL])
    assert [is_conflict(answer) for answer in third] == [False, True, False, False, False, True]
    body = desk.group.reader.at_position(first[0].position).body
    assert body[UNKEPT] == {"1": "words", "3": "malformed", "4": "words", "5": "malformed"}
    assert verified(desk.group).undecidable == 2


# ---- logs of before -------------------------------------------------------------------------------------------------


def test_a_log_that_kept_the_texts_is_read_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Malformed commands had a digest in the open, all others their words; both answer as they did."""
    file = tmp_path / "group.db"
    wrong = {**A_PERSON, "sections": ILL}
    with monkeypatch.context() as old:
        as_before(old)
        bureau = found_bureau(on_file(file, now=MORNING))
        words = send(bureau, "grant_consent", wrong, key="w")
        malformed = send(bureau, "grant_consent", {**wrong, "purpose": ILL}, key="m")
        position = bureau.group.position
        bureau.group.close()
    desk = again(file)
    bodies = [desk.group.reader.at_position(answer.position).body for answer in (words, malformed)]
    assert [list(body["malformed"]) for body in bodies] == [[], ["0"]]
    for key, fields, first in (("w", wrong, words), ("m", {**wrong, "purpose": ILL}, malformed)):
        repeated = send(desk, "grant_consent", fields, key=key)
        assert (repeated.position, repeated.repeated, repeated.invalid) == (first.position, True, first.invalid)
        assert is_conflict(send(desk, "grant_consent", {**fields, "sections": OTHER}, key=key))
    assert is_conflict(send(desk, "grant_consent", {**wrong, "purpose": OTHER}, key="m"))
    assert is_conflict(send(desk, "grant_consent", A_PERSON, key="w"))
    assert desk.group.position == position
    assert send(desk, "agree_membership", {**AGREED, "member": UTILITY, "asks": ILL}, key="new").position > position
    assert verified(desk.group).undecidable == 1, "the new one alone"
    desk.group.close()
    report = verify(SqliteStore(file, read_only=True), vault=vault_beside(file), use_cases=USE_CASES)
    assert (report.faults, report.differences) == ([], [])


def as_before(old: pytest.MonkeyPatch) -> None:
    """Let the engine log as it did before texts were left out."""
    digests: dict[str, str] = {}

    def nothing(part: Incoming, invalid: Any) -> dict[int, dict[str, str]]:
        del invalid
        digests.clear()
        digests.update({str(place): digest for place, digest in part.malformed.items()})
        return {}

    def with_digests_in_the_open(content: dict[str, Any]) -> bytes:
        return codec.encoded({**content, "malformed": digests} if "columns" in content else content)

    old.setattr(group, "unkept_in", nothing)
    old.setattr(group, "encoded", with_digests_in_the_open)
    old.setattr(outcomes, "without_text", lambda fault: fault)


def test_a_first_command_that_makes_no_sense() -> None:
    desk = in_memory()
    answer = desk.group.execute([Request(client=CLIENT, key="k", command=Register(name=""), at=MORNING)])[0]
    assert (answer.outcome, answer.position) == (Outcome.invalid, 1)
    verified(desk.group)
