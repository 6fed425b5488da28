"""Governance (measure 6): who decides, what is fair, and what risk is borne."""
