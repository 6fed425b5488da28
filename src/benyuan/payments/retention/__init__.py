"""How long records are kept, what holds them back, and what erasing leaves of them."""
