"""Every case under tests/cases holds: the outcomes are written from the law's text, article by article."""

import pytest

from tests.cases.reading import Case, Dated, cases_of, dates_of, files, read
from tests.cases.reckoning import Reckoned, reckoned_of, run_reckoned
from tests.cases.runner import built_in, run, run_dated

CASES = dict(named for path in files() for named in cases_of(path))
RECKONED = dict(named for path in files() for named in reckoned_of(path))
DATES = dict(named for path in files() for named in dates_of(path))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_case(case: Case) -> None:
    differences = run(case)
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("dated", DATES.values(), ids=DATES)
def test_dated_value(dated: Dated) -> None:
    differences = run_dated(dated)
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("case", RECKONED.values(), ids=RECKONED)
def test_what_is_reckoned(case: Reckoned) -> None:
    differences = run_reckoned(case, built_in())
    assert not differences, "\n".join(differences)


def test_no_two_cases_share_a_name() -> None:
    assert len(CASES) == sum(len(read(path).get("cases", [])) for path in files())
    assert len(RECKONED) == sum(len(read(path).get("reckoned", [])) for path in files())
    assert len(DATES) == sum(len(read(path).get("dates", [])) for path in files())


def test_every_file_is_about_a_rule_of_the_pack() -> None:
    known = {rule.id for rule in built_in().rules()}
    assert {read(path)["rule"] for path in files()} <= known
