"""The lender's half year: the same card clients as pay-later customers, with their real lines and payments."""
