"""`benyuan competition`: fair competition, from files, options, or markets of the log."""
