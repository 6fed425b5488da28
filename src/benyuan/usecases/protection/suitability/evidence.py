"""Digests of papers that stand in the log: what was minuted, shown or signed is found by them, years later."""

from typing import Annotated, TypeAlias

import msgspec
import numpy as np

from benyuan.decisions.batches import Batch
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.words import text_faults
from benyuan.usecases.protection.contact.shared import DIGEST_DIGITS, HEX, TextDigest, digest_faults

Digest: TypeAlias = TextDigest
MaybeDigest: TypeAlias = Annotated[str, msgspec.Meta(max_length=DIGEST_DIGITS)]
WANTED = "a SHA-256 digest in small hexadecimal digits, or nothing"

__all__ = ["Digest", "MaybeDigest", "digest_faults", "maybe_digest_faults"]


def maybe_digest_faults(batch: Batch, field: str) -> dict[int, Invalid]:
    """A fault for each text that is neither empty nor a digest."""
    wrong = [bool(text) and not (len(text) == DIGEST_DIGITS and HEX.issuperset(text)) for text in batch.values(field)]
    return text_faults(np.array(wrong, np.bool_), batch, field, WANTED)
