"""`benyuan protection`: what is owed to customers, what they complain of, and what is held about them."""
