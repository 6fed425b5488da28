"""Where the ledger's compiled kernel is kept: under the fingerprint of all of its sources.

Numba looks only at the file of the function itself, so a change in a function that it calls, or in a record's layout,
would run stale machine code. `keep` points Numba to a folder of this fingerprint's own; it must come before the
kernel's modules. The folder lies beside the sources, or in the user's cache where that can't be written, or in a
temporary folder for a service that has no home. This module imports nothing of the kernel and not Numba itself, so that
a user can be told before anything is compiled.
"""

import hashlib
import os
import stat
import sys
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

LEDGER = Path(__file__).parent / "ledger"
KERNEL = LEDGER / "kernel"
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO
ENTRY = "post_legs"
"""The kernel's largest function: compiled, all is."""


def fingerprint() -> str:
    """The hash of the kernel's sources and of the layout they work on."""
    made = hashlib.sha256(version("numba").encode())
    for source in (*sorted(KERNEL.glob("*.py")), LEDGER / "layout.py"):  # tidy: path
        made.update(source.read_bytes())
    return made.hexdigest()[:16]


def folder() -> Path:
    """The folder for this fingerprint."""
    return base() / f"kernel-{fingerprint()}"  # tidy: path


@cache
def base() -> Path:
    """The first place that can be written: beside the sources, the user's cache, a temporary folder of the user's."""
    for place in (KERNEL / "__pycache__", Path.home() / ".cache" / "benyuan"):  # tidy: path
        if _can_be_written(place):
            return place
    name = Path(tempfile.gettempdir()) / f"benyuan-{os.getuid()}"  # tidy: path
    return name if _can_be_written(name) and _is_ours_alone(name) else Path(tempfile.mkdtemp(prefix="benyuan-"))


def _can_be_written(place: Path) -> bool:
    try:
        place.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(place, os.W_OK)


def _is_ours_alone(place: Path) -> bool:
    """Whether nobody else can have put code there, which would be run."""
    found = place.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & FOR_OTHERS


def is_compiled() -> bool:
    """Whether the kernel need not be compiled for this Python any more."""
    python = f"py{sys.version_info.major}{sys.version_info.minor}"
    return any(folder().glob(f"*/*{ENTRY}*.{python}.nbi"))


def keep() -> None:
    """Have Numba keep what it compiles in the folder."""
    import numba  # noqa: PLC0415  half a second, which only the kernel itself needs

    numba.config.CACHE_DIR = str(folder())
