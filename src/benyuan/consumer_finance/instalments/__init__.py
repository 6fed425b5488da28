"""Cash loans and plans in columns, as `docs/algorithms/loans.md` reckons them: pure, rows in and rows out."""
