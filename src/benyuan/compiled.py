"""Where the ledger's compiled kernel is kept: under the fingerprint of all of its sources.

Numba looks only at the file of the function itself, so a change in a function that it calls, or in a record's layout,
would run stale machine code. `keep` points Numba to a folder of this fingerprint's own; it must come before the
kernel's modules. The folder lies beside the sources, or in the user's cache where that can't be written. This module
imports nothing of the kernel and not Numba itself, so that a user can be told before anything is compiled.
"""

import hashlib
import os
import sys
from importlib.metadata import version
from pathlib import Path

LEDGER = Path(__file__).parent / "ledger"
KERNEL = LEDGER / "kernel"
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
    name = f"kernel-{fingerprint()}"
    beside = KERNEL / "__pycache__"  # tidy: path
    try:
        beside.mkdir(exist_ok=True)
        if os.access(beside, os.W_OK):
            return beside / name  # tidy: path
    except OSError:
        pass
    return Path.home() / ".cache" / "benyuan" / name  # tidy: path


def is_compiled() -> bool:
    """Whether the kernel need not be compiled for this Python any more."""
    python = f"py{sys.version_info.major}{sys.version_info.minor}"
    return any(folder().glob(f"*/*{ENTRY}*.{python}.nbi"))


def keep() -> None:
    """Have Numba keep what it compiles in the folder."""
    import numba  # noqa: PLC0415  half a second, which only the kernel itself needs

    numba.config.CACHE_DIR = str(folder())
