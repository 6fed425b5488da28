"""The report on small and micro businesses: what merchants received, paid and waited for, from ledger and records."""
