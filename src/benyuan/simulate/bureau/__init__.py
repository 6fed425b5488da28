"""The bureau's five years: the lender's half year furnished and asked for, a mistake put right, what is over erased."""
