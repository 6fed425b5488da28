"""The clearing house's file of single transactions, matched with the book (PBoC Order [2021] No. 1, art. 41)."""
