"""`benyuan competition`: fair competition, from files and options; no database is needed."""
