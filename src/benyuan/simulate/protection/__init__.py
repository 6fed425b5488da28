"""Consumer protection seen working: some thirty people, a payment institution, a lender, and a hundred days."""
