"""Suspicious transactions: the institution's own standards, patterns found at the close of day, cases for people."""
