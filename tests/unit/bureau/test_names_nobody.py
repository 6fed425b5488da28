"""The tables and the log name nobody: no number, name or telephone stands in any file but the keys' own, sealed."""

from pathlib import Path

from benyuan.simulate.identities import someone
from tests.unit.bureau.bureaus import BEGAN, FURNISHING, found_bureau, particulars, shown
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import on_file

PEOPLE = range(1, 6)
OTHERS = ("Lin Ke", "Mei Lan", "a school of ours", "Long Street 5", "a sample of May")


def test_no_file_holds_a_name_a_number_or_a_telephone(tmp_path: Path) -> None:
    """Whatever was asked, refused or invalid: the bytes of all files have nobody's particulars."""
    bureau = found_bureau(on_file(tmp_path / "bureau.db", now=moment(BEGAN)))
    for person in PEOPLE:
        bureau.do("identify_subject", bureau=1, **particulars(person), employer=OTHERS[2], residence=OTHERS[3])
        consent = bureau.consent(person, starts_on=BEGAN, **{**FURNISHING, "times": 1})
        document = {name: item for name, item in shown(person).items() if name != "full_name"}
        fields = {"bureau": 1, "member": 1, "consent": consent, "account_number": f"SECRET-{person}", "type": "R1"}
        bureau.do("furnish_account", **fields, **document, opened_on=BEGAN, limit_fen=1)
        assert bureau.inquire(person, consent=consent, staff_name=OTHERS[0]).accepted
        assert not bureau.inquire(person, staff_name=OTHERS[0]).accepted
        assert bureau.own(person).accepted
        assert bureau.look(person, staff_name=OTHERS[1], reason=OTHERS[4]).accepted
        assert not bureau.look(person, role="audit", staff_name=OTHERS[1], reason=OTHERS[4]).accepted
    wrong = bureau.send("identify_subject", bureau=1, **{**particulars(6), "phone": "x"})
    assert wrong.invalid is not None
    bureau.group.close()
    secrets = [str(someone(person)[name]) for person in range(1, 7) for name in ("number", "full_name", "phone")]
    secrets += [*OTHERS, *(f"SECRET-{person}" for person in PEOPLE)]
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(b"bureau_subject" in path.read_bytes() for path in found)
    for path in found:
        held = path.read_bytes()
        assert [secret for secret in secrets if secret.encode() in held] == [], path
