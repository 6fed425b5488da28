"""A file of commands by its name's ending, and what identifies it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from benyuan.cli.failures import BadFile
from benyuan.cli.inputs.fields import all_kinds, kinds_like
from benyuan.cli.inputs.lines import read_lines
from benyuan.cli.inputs.rows import Run
from benyuan.cli.inputs.tables import read_csv, read_parquet

READERS = {".jsonl": read_lines, ".ndjson": read_lines, ".csv": read_csv, ".parquet": read_parquet}
CHUNK_BYTES = 1 << 20


def read_commands(path: Path, *, kind: str | None, chunk: int) -> Iterator[list[Run]]:
    """The file in chunks of so many lines, each as runs of one kind. Errors: BadFile, OSError."""
    if kind is not None and kind not in all_kinds():
        raise BadFile(file=path.name, where="", field="--kind", value=kind, constraint=kinds_like(kind))
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        words = "a name that ends in " + ", ".join(READERS)
        raise BadFile(file=path.name, where="", field="file", value=path.suffix, constraint=words)
    return reader(path, kind=kind, chunk=chunk)


def digest_of(path: Path) -> str:
    """The SHA-256 of the file's content. Errors: OSError."""
    made = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK_BYTES):
            made.update(part)
    return made.hexdigest()
