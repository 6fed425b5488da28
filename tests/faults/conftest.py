"""What starts and kills processes, once for all tests."""

from collections.abc import Iterator

import pytest

from tests.faults.killing import Killer, a_killer


@pytest.fixture(scope="session")
def killer() -> Iterator[Killer]:
    """All processes of these tests that are killed are started by one; see `starter`."""
    with a_killer() as killer:
        yield killer
