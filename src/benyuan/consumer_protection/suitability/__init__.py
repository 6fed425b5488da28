"""Suitability (Order 2025 No. 7 of the NFRA, in force 2026-02-01): products, questionnaires, tests, what fits whom."""
