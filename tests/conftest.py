"""What all tests share: Hypothesis profiles, and nothing else. Fixtures stand beside the tests that use them."""

import os

from hypothesis import HealthCheck, settings

# No deadlines: the first call of a kernel may compile it, and machines differ.
settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("soak", deadline=None, max_examples=5_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "dev")
