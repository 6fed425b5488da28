"""`benyuan bureau`: a personal credit bureau's files, duties and yearly pack."""
