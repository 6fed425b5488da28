"""Consolidation of a group's accounts: trial balances in, one balance sheet and one income statement out."""
