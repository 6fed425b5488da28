"""`benyuan bureau`: a personal credit bureau, its members, consents, inquiries, duties and yearly pack."""
