"""The close of a lender's day: columns in, entries out; whatever came after it, and however the book is cut."""
