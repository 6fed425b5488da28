"""Pay-later accounts in columns, as `docs/algorithms/pay-later.md` reckons them: pure, rows in and rows out."""
