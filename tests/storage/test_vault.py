"""The vault: what is sealed opens where it was sealed; a key destroyed is gone; rotation loses nothing."""

import json
import shutil
import stat
from pathlib import Path

import pytest

from benyuan.engine.vault import SealBroken, VaultLocked
from benyuan.storage.vault import KEYS_FILE, MASTERS_FILE, KeyDirectory, KeyVault, MemoryKeys

NAME, OTHER, PLACE = "identity/1", "month/202605", b"place"
SECRET = "王小明 11010519491231002X".encode()


@pytest.fixture(params=["memory", "directory"])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> MemoryKeys | KeyDirectory:
    return MemoryKeys() if request.param == "memory" else KeyDirectory(tmp_path / "keys")


def adopted(keys: MemoryKeys | KeyDirectory, *, existing: bool = False) -> KeyVault:
    vault = KeyVault(keys)
    vault.adopt("of this database", existing=existing)
    return vault


def test_what_was_sealed_is_opened_by_the_next_process(keys: MemoryKeys | KeyDirectory) -> None:
    sealed = adopted(keys).seal([(NAME, SECRET, PLACE), (OTHER, b"", PLACE)])
    assert SECRET not in sealed[0]
    assert adopted(keys, existing=True).open([(NAME, sealed[0], PLACE), (OTHER, sealed[1], PLACE)]) == [SECRET, b""]


def test_the_same_is_never_sealed_alike(keys: MemoryKeys | KeyDirectory) -> None:
    vault = adopted(keys)
    assert len(set(vault.seal([(NAME, SECRET, PLACE)] * 100))) == 100


def test_a_seal_is_bound_to_its_key_its_place_and_every_bit(keys: MemoryKeys | KeyDirectory) -> None:
    vault = adopted(keys)
    (sealed, _) = vault.seal([(NAME, SECRET, PLACE), (OTHER, SECRET, PLACE)])
    flipped = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]
    wrong = [(OTHER, sealed, PLACE), (NAME, sealed, b"other"), *((NAME, bad, PLACE) for bad in flipped)]
    for name, bad, place in wrong:
        with pytest.raises(SealBroken):
            vault.open([(name, bad, place)])


def test_a_destroyed_key_is_gone_and_another_of_its_name_opens_nothing(keys: MemoryKeys | KeyDirectory) -> None:
    vault = adopted(keys)
    sealed = vault.seal([(NAME, SECRET, PLACE), (OTHER, SECRET, PLACE)])
    assert vault.destroy([NAME, "identity/99"]) == 1
    assert vault.open([(NAME, sealed[0], PLACE), (OTHER, sealed[1], PLACE)]) == [None, SECRET]
    vault.seal([(NAME, b"someone else", PLACE)])
    with pytest.raises(SealBroken):
        vault.open([(NAME, sealed[0], PLACE)])


def test_rotation_keeps_everything_and_the_old_master_opens_nothing(keys: MemoryKeys | KeyDirectory) -> None:
    vault = adopted(keys)
    sealed = vault.seal([(NAME, SECRET, PLACE), (OTHER, SECRET, PLACE)])
    tags = vault.tags(["one", "two"])
    old = dict(keys.masters)
    assert vault.rotate() == 3, "the two and the index"
    assert not set(old.values()) & set(keys.masters.values())
    again = adopted(keys, existing=True)
    assert again.open([(NAME, sealed[0], PLACE), (OTHER, sealed[1], PLACE)]) == [SECRET, SECRET]
    assert again.tags(["one", "two"]) == tags


def test_a_rotation_stopped_anywhere_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = KeyDirectory(tmp_path / "keys")
    sealed = adopted(keys).seal([(NAME, SECRET, PLACE)])[0]
    for method, after in (("put_masters", 0), ("put_masters", 1), ("put", 0)):
        vault = adopted(keys, existing=True)
        with monkeypatch.context() as patched:
            calls = iter(range(9))
            original = getattr(KeyDirectory, method)

            def stops(self: KeyDirectory, *given: object, after: int = after, original: object = original) -> None:
                if next(calls) == after:  # noqa: B023  read while it is the one of this round
                    raise VaultLocked("the machine is gone")
                original(self, *given)  # type: ignore[operator]

            patched.setattr(KeyDirectory, method, stops)
            with pytest.raises(VaultLocked):
                vault.rotate()
        keys = KeyDirectory(tmp_path / "keys")
        assert adopted(keys, existing=True).open([(NAME, sealed, PLACE)]) == [SECRET]
    adopted(keys, existing=True).rotate()
    assert adopted(keys, existing=True).open([(NAME, sealed, PLACE)]) == [SECRET]


def test_tags_are_equal_for_equal_texts_and_of_this_vault_alone(keys: MemoryKeys | KeyDirectory) -> None:
    first, second, third = adopted(keys).tags(["one", "two", "one"])
    assert first == third != second
    assert adopted(MemoryKeys()).tags(["one"]) != [first]


def test_keys_that_are_not_there_are_told_and_none_are_made_in_their_place(tmp_path: Path) -> None:
    with pytest.raises(VaultLocked, match="--keys"):
        adopted(KeyDirectory(tmp_path / "keys"), existing=True)
    assert not (tmp_path / "keys").exists()


def test_the_keys_of_another_database(keys: MemoryKeys | KeyDirectory) -> None:
    adopted(keys).seal([(NAME, SECRET, PLACE)])
    with pytest.raises(VaultLocked, match="another database"):
        KeyVault(keys).adopt("of another", existing=False)


def test_without_the_index_key_identities_are_not_taken_for_new(tmp_path: Path) -> None:
    keys = KeyDirectory(tmp_path / "keys")
    adopted(keys)
    keys.remove(["index"])
    with pytest.raises(VaultLocked, match="identities"):
        adopted(keys, existing=True).tags(["one"])


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"vault": 1}', '{"vault": "x", "masters": {"a": "b"}}'])
def test_a_damaged_master_file_is_told(tmp_path: Path, damage: str) -> None:
    adopted(KeyDirectory(tmp_path / "keys"))
    (tmp_path / "keys" / MASTERS_FILE).write_text(damage, encoding="ascii")
    with pytest.raises(VaultLocked, match="can't be read"):
        adopted(KeyDirectory(tmp_path / "keys"))


def test_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    adopted(KeyDirectory(tmp_path / "keys")).seal([(NAME, SECRET, PLACE)])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()}
    assert modes == {MASTERS_FILE: 0o600, KEYS_FILE: 0o600}
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_the_wrapped_keys_alone_open_nothing(tmp_path: Path) -> None:
    sealed = adopted(KeyDirectory(tmp_path / "keys")).seal([(NAME, SECRET, PLACE)])[0]
    thief = tmp_path / "stolen"
    shutil.copytree(tmp_path / "keys", thief)
    masters = json.loads((thief / MASTERS_FILE).read_text("ascii"))
    masters["masters"] = dict.fromkeys(masters["masters"], "A" * 43 + "=")
    (thief / MASTERS_FILE).write_text(json.dumps(masters), encoding="ascii")
    with pytest.raises(SealBroken):
        adopted(KeyDirectory(thief), existing=True).open([(NAME, sealed, PLACE)])


def test_a_destroyed_key_leaves_no_bytes_behind(tmp_path: Path) -> None:
    keys = KeyDirectory(tmp_path / "keys")
    vault = adopted(keys)
    vault.seal([(f"identity/{n}", SECRET, PLACE) for n in range(300)])
    (_, wrapped) = keys.wrapped(["identity/150"])["identity/150"]
    file = tmp_path / "keys" / KEYS_FILE
    assert wrapped in file.read_bytes()
    vault.destroy(["identity/150"])
    assert wrapped not in b"".join(path.read_bytes() for path in file.parent.iterdir())


def test_keys_put_back_from_a_copy_are_read_though_the_old_file_was_open(tmp_path: Path) -> None:
    keys = KeyDirectory(tmp_path / "keys")
    sealed = adopted(keys).seal([(NAME, SECRET, PLACE)])[0]
    shutil.copytree(tmp_path / "keys", tmp_path / "copy")
    assert keys.remove([NAME]) == 1
    assert adopted(keys, existing=True).open([(NAME, sealed, PLACE)]) == [None]
    (tmp_path / "copy" / KEYS_FILE).replace(tmp_path / "keys" / KEYS_FILE)
    assert adopted(keys, existing=True).open([(NAME, sealed, PLACE)]) == [SECRET]


def test_a_key_that_another_process_destroys_is_gone_here(tmp_path: Path) -> None:
    here = KeyDirectory(tmp_path / "keys")
    sealed = adopted(here).seal([(NAME, SECRET, PLACE)])[0]
    assert adopted(here, existing=True).open([(NAME, sealed, PLACE)]) == [SECRET]
    adopted(KeyDirectory(tmp_path / "keys"), existing=True).destroy([NAME])
    assert adopted(here, existing=True).open([(NAME, sealed, PLACE)]) == [None]


def test_a_closed_vault_opens_its_keys_again(tmp_path: Path) -> None:
    vault = adopted(KeyDirectory(tmp_path / "keys"))
    sealed = vault.seal([(NAME, SECRET, PLACE)])[0]
    vault.close()
    assert vault.open([(NAME, sealed, PLACE)]) == [SECRET]
