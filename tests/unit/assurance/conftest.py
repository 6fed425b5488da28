"""The lender's world, built once for the tests that only look at it."""

import pytest

from tests.unit.assurance.lender_world import world
from tests.unit.engine.groups import Desk, in_memory


@pytest.fixture(scope="session")
def lender() -> Desk:
    """All days closed; see `lender_world`."""
    return world(in_memory())
