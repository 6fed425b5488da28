"""`benyuan bureau report`: on record before it is shown, as a table, JSON or a page, in both languages."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benyuan.credit_bureau.layouts import MONTH
from tests.unit.bureau.bureaus import found_bureau, particulars, shown
from tests.unit.bureau.furnished import late, months, with_account
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import on_file
from tests.unit.lending.lenders import moment

PERSON = shown(1)
WHO = ("--number", PERSON["number"], "--name", PERSON["full_name"])


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bureau with a file of person 1: a card, late in February 2026."""
    path = tmp_path_factory.mktemp("bureau") / "bureau.db"
    desk = on_file(path, now=moment(20260501))
    bureau = with_account(bureau=found_bureau(desk))
    bureau.do("identify_subject", bureau=1, **particulars(1))
    desk.group.execute_parcel(
        kind="furnish_months",
        columns={"bureau": 1, "member": 1},
        records=months(late(month=202602), {"month": 202603}),
        client="bank",
        key="march",
        at=moment(20260501),
    )
    desk.group.store.close()
    return path


@pytest.fixture
def database(original: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    shutil.copytree(original.with_name("bureau.db.keys"), tmp_path / "bureau.db.keys")
    return Path(shutil.copy(original, tmp_path / "bureau.db"))
