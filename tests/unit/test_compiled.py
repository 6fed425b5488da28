"""Where the compiled kernel is kept: beside the sources, else in the user's cache, else in a folder that is theirs."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from benyuan import compiled


@pytest.fixture(autouse=True)
def _places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources that can't be written, a home without one, and a temporary folder."""
    (tmp_path / "sources").write_text("a file, so that no folder can be made in it", encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(compiled, "fingerprint", lambda: "0")
    monkeypatch.setattr(compiled, "KERNEL", tmp_path / "sources")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    compiled.base.cache_clear()


@pytest.fixture(autouse=True)
def _forgotten() -> object:
    yield
    compiled.base.cache_clear()


def test_beside_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kernel").mkdir()
    monkeypatch.setattr(compiled, "KERNEL", tmp_path / "kernel")
    assert compiled.folder() == tmp_path / "kernel" / "__pycache__" / "kernel-0"


def test_in_the_users_cache(tmp_path: Path) -> None:
    assert compiled.folder() == tmp_path / "home" / ".cache" / "benyuan" / "kernel-0"


def test_without_a_home(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("no folder", encoding="utf-8")
    found = compiled.folder()
    assert found == tmp_path / "temporary" / f"benyuan-{os.getuid()}" / "kernel-0"
    assert stat.S_IMODE(found.parent.stat().st_mode) == stat.S_IRWXU
    compiled.base.cache_clear()
    assert compiled.folder() == found


def test_a_folder_that_others_could_have_filled_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("no folder", encoding="utf-8")
    theirs = tmp_path / "temporary" / f"benyuan-{os.getuid()}"
    theirs.mkdir()
    theirs.chmod(stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)
    own = compiled.folder().parent
    assert own != theirs
    assert stat.S_IMODE(own.stat().st_mode) == stat.S_IRWXU
    assert compiled.folder().parent == own
