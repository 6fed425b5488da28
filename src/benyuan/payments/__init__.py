"""Measure 2, payments gone back to payments: wallets, merchants, codes, limits, refunds, settlement, the reserve."""
