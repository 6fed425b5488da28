"""Files that a command writes: none over the database, each whole or not at all."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benyuan.cli.options import url_that_is

BESIDE_DATABASE = ("", "-wal", "-shm", "-journal", ".lock")


def check_out(out: Path | None, *, forms: Sequence[str], option: str, database: str | None) -> None:
    """A file that may be written, if any. Errors: BadInput for a form that there is none of, or one of the database."""
    from benyuan.app import path_of
    from benyuan.values.errors import BadInput

    if out is None:
        return
    if out.suffix.lower() not in forms:
        raise BadInput(option, str(out), f"a file that ends in one of {', '.join(forms)}")
    if not out.parent.is_dir() or out.is_dir():
        raise BadInput(option, str(out), "a file in a directory that is there")
    held = Path(path_of(url_that_is(database))).resolve()
    if any(_same(out, held.with_name(held.name + end)) for end in BESIDE_DATABASE):
        raise BadInput(option, str(out), "another file than the database")


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other or (one.exists() and other.exists() and one.samefile(other))


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A new file in the same directory, readable by its owner only, and gone afterwards."""
    descriptor, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    os.close(descriptor)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
