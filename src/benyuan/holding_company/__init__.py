"""Measure 1: who must have a financial holding company, what it needs, and who may lead and hold it."""
