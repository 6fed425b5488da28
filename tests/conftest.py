"""What all tests share: Hypothesis profiles and explained assertions. Fixtures stand beside the tests that use them."""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

# The contract's assertions are explained like those of any test module; this must come before anything imports it.
pytest.register_assert_rewrite("tests.storage.contract", "tests.storage.erasing", "tests.storage.lasting")

# No deadlines: the first call of a kernel may compile it, and machines differ.
settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("soak", deadline=None, max_examples=5_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_collection_finish() -> None:
    """Modules, compiled code and the collected tests last to the end: the collector need not look at them again."""
    gc.collect()
    gc.freeze()
