"""`benyuan bureau`: the credit bureau's commands."""
