"""`benyuan bureau`: a personal credit bureau, its members, consents and inquiries."""
