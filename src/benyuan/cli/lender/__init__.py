"""`benyuan lender`: a consumer-finance company's books and loans, at any day that is closed."""
