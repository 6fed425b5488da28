"""Evidence for those whom the books are about and those who supervise them."""
