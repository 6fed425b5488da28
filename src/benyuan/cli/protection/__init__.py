"""`benyuan protection`: what protects customers, as it stands."""
