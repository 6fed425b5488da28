"""Where the compiled kernel is kept: under the fingerprint of all of its sources.

Numba looks only at the file of the function itself, so a change in a function that it calls, or in a record's layout,
would run stale machine code. Importing this module points Numba to a folder of this fingerprint's own; it must come
before the kernel's modules. The folder lies beside the sources, or in the user's cache where that can't be written.
"""

import hashlib
import os
from pathlib import Path

import numba

HERE = Path(__file__).parent


def fingerprint() -> str:
    """The hash of the kernel's sources and of the layout they work on."""
    made = hashlib.sha256(numba.__version__.encode())
    for source in (*sorted(HERE.glob("*.py")), HERE.parent / "layout.py"):  # tidy: path
        made.update(source.read_bytes())
    return made.hexdigest()[:16]


def folder() -> Path:
    """The folder for this fingerprint."""
    name = f"kernel-{fingerprint()}"
    beside = HERE / "__pycache__"  # tidy: path
    try:
        beside.mkdir(exist_ok=True)
        if os.access(beside, os.W_OK):
            return beside / name  # tidy: path
    except OSError:
        pass
    return Path.home() / ".cache" / "benyuan" / name  # tidy: path


numba.config.CACHE_DIR = str(folder())
