"""`benyuan protection`: consents, templates and contacts, from the command line."""

from pathlib import Path
from typing import Any

import pytest

from benyuan.simulate.identities import someone
from tests.unit.cli.running import answer, benyuan, lines

TEXT = "a" * 64
LIMIT: dict[str, Any] = {"risk_weight_ppm": 1_000_000, "conversion_ppm": 0, "most_draw_fen": 20_000_000}
TERMS: dict[str, Any] = {"rate_ppm": 182_500, "statement_day": 8, "due_days": 20, "minimum_ppm": 100_000}
CALL: dict[str, Any] = {"borrower": 1, "account": 1, "means": "call", "debt_named": True, "effective": True}
OWED: list[tuple[str, dict[str, Any]]] = [
    ("register_lender", {"name": "Benyuan Consumer Finance"}),
    ("set_lending_policy", {"lender": 1, "from_date": 20260403, **LIMIT}),
    ("record_lender_standing", {"lender": 1, "from_date": 20260403, "holds": True, "number": "L1"}),
    ("record_lender_figures", {"lender": 1, "from_date": 20260403, "tier1_fen": 10**9, "net_capital_fen": 10**9}),
    ("make_credit_product", {"lender": 1, "kind_of_product": "pay_later"}),
    ("publish_account_terms", {"product": 1, "from_date": 20260403, "late_fee_ppm": 50_000, **TERMS}),
    ("register_borrower", {"lender": 1, **someone(1)}),
    ("record_income", {"borrower": 1, "monthly_fen": 10**9, "evidence": TEXT, "from_date": 20260403}),
    ("assess_borrower", {"borrower": 1, "line_fen": 2_000_000}),
    ("open_credit_account", {"borrower": 1, "product": 1, "line_fen": 500_000}),
    ("draw_purchase", {"account": 1, "amount_fen": 100_000}),
]
ROWS: list[tuple[str, dict[str, Any]]] = [
    ("approve_template", {"sort": "marketing", "text_zh": "低门槛，回复退订", "way_out": "回复退订"}),
    ("give_consent_to", {"borrower": 1, "to": "marketing", "place": "app", "text_digest": TEXT}),
    ("send_message", {"borrower": 1, "template": 1, "sort": "marketing", "channel": "sms"}),
    ("withdraw_consent_to", {"borrower": 1, "to": "marketing", "place": "telephone"}),
    (
        "give_consent_to",
        {
            "borrower": 1,
            "to": "sharing",
            "place": "web",
            "text_digest": "b" * 64,
            "receiver_kind": "platform",
            "receiver": 5,
            "purpose": "service",
            "kinds": "contact",
            "until": 20260601,
        },
    ),
    (
        "share_data",
        {"borrower": 1, "receiver_kind": "platform", "receiver": 5, "purpose": "service", "kinds": "contact"},
    ),
    ("record_contact", CALL),
    ("record_contact", {**CALL, "agreed_hours": True}),
    ("record_guarantor", {"borrower": 1, "account": 1, "contract": TEXT}),
    ("record_borrower_zone", {"borrower": 1, "zone": 540, "moved_on": 20260504, "evidence": TEXT}),
    ("agree_hardship", {"borrower": 1, "until": 20260701}),
    ("stop_collection", {"borrower": 1, "reason": "complaint"}),
]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    made = tmp_path / "group.db"
    assert benyuan("init", "--database", made, "--from", "2026-01-01", "--rating", "A").exit_code == 0
    rows = [{"kind": kind, "at": "2026-04-03T09:00:00+08:00", **fields} for kind, fields in OWED]
    rows += [{"kind": kind, "at": "2026-05-04T09:00:00+08:00", **fields} for kind, fields in ROWS]
    done = answer("run", lines(tmp_path / "rows.jsonl", rows), "--database", made)
    assert done["accepted"] == len(rows), done
    return made


def test_consents_stand_as_they_were_said_last(database: Path) -> None:
    told = answer("protection", "consents", "--borrower", 1, "--database", database)
    marketing, sharing = told["topics"]
    assert (marketing["stands"], [said["given"] for said in marketing["history"]]) == ("no", [True, False])
    assert [said["text_digest"] for said in marketing["history"]] == [TEXT, ""]
    assert (sharing["stands"], sharing["receiver"]) == ("yes", 5)
    assert [(each["kinds"], each["choice"]) for each in told["shared"]] == [(["contact"], 3)]
    later = answer("protection", "consents", "--borrower", 1, "--on", 20260602, "--database", database)
    assert later["topics"][1]["stands"] == "over"
    assert "platform 5" in benyuan("protection", "consents", "--borrower", 1, "--database", database).stdout
    nothing = benyuan("protection", "consents", "--person", 1, "--database", database)
    assert "said nothing yet" in nothing.stdout


@pytest.mark.parametrize("options", [(), ("--person", 1, "--borrower", 1)])
def test_one_customer_is_named(database: Path, options: tuple[Any, ...]) -> None:
    ran = benyuan("protection", "consents", *options, "--database", database)
    assert ran.exit_code == 2
    assert "exactly one" in ran.stderr


def test_templates_and_what_was_sent(database: Path) -> None:
    (told,) = answer("protection", "templates", "--database", database)
    assert [(each["version"], each["barred_from"]) for each in told["versions"]] == [(1, 20260930)]
    (sent,) = answer("protection", "templates", "--borrower", 1, "--database", database)
    assert (sent["channel"], sent["sent"]["text_zh"]) == ("sms", "低门槛，回复退订")
    assert "2026-09-30" in benyuan("protection", "templates", 1, "--database", database).stdout
    assert "低门槛" in benyuan("protection", "templates", "--borrower", 1, "--database", database).stdout
    assert benyuan("protection", "templates", 2, "--database", database).exit_code == 4
    assert "no messages" in benyuan("protection", "templates", "--person", 1, "--database", database).stdout


def test_contacts_stops_and_what_is_left(database: Path) -> None:
    told = answer("protection", "contacts", 1, "--database", database)
    assert [each["agreed_hours"] for each in told["contacts"]] == [False, True]
    assert (told["stops"], told["hardship_until"]) == (["complaint"], 20260701)
    calls = told["calls"]
    assert (calls["used"], calls["limit"], calls["left"], calls["local_date"]) == (2, 3, 1, 20260504)
    shown = benyuan("protection", "contacts", 1, "--database", database).stdout
    assert "there (zone 540): 2 of 3 calls used, 1 left" in shown
    assert "anew from 2026-05-04 23:00:00" in shown
    assert "on record: guarantor 1" in shown
    assert "it must be day in all of the zones 540, 480" in shown
    told = answer("protection", "contacts", 1, "--zone", 480, "--database", database)
    assert (told["calls"]["zone"], told["guarantors"], told["zones"]) == (480, [1], [540, 480])
    assert "stopped: complaint" in shown
    assert benyuan("protection", "contacts", 2, "--database", database).exit_code == 4
