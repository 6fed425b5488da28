"""`benyuan bureau`: a personal credit bureau at work."""
