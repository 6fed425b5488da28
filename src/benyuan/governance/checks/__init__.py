"""Maker and checker: staff and their roles, what one proposes and another checks, and what may then be done."""
