"""`benyuan protection`: what stands between a firm and its customers, from the command line."""
