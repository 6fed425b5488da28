"""Statements of wallets and merchants: read from the journal, searched, paged, written as JSON, CSV and (by `pdf`) PDF.

`pdf` stands apart because its library takes a while to import.
"""

from benyuan.assurance.statements.by_card import card_entries
from benyuan.assurance.statements.files import json_chunks, safe_cell, write_csv, write_json
from benyuan.assurance.statements.holders import (
    PARTIES,
    Holder,
    Party,
    holder_of,
    holders_of_person,
    institution_name,
    party_of,
)
from benyuan.assurance.statements.listing import Listing, page_of, whole
from benyuan.assurance.statements.statement import EVERYTHING, KINDS, Entry, Page, Period, Search, Statement, Totals

__all__ = [
    "EVERYTHING",
    "KINDS",
    "PARTIES",
    "Entry",
    "Holder",
    "Listing",
    "Page",
    "Party",
    "Period",
    "Search",
    "Statement",
    "Totals",
    "card_entries",
    "holder_of",
    "holders_of_person",
    "institution_name",
    "json_chunks",
    "page_of",
    "party_of",
    "safe_cell",
    "whole",
    "write_csv",
    "write_json",
]
