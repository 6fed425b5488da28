"""The contract's assertions are explained like those of any test module."""

import pytest

pytest.register_assert_rewrite("tests.storage.contract", "tests.storage.lasting")
