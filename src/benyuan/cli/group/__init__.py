"""`benyuan group`: the group above the licensed companies, from the command line."""
