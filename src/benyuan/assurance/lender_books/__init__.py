"""The lender's books as risk and finance officers use them, at any closed day: by business date, and loan by loan.

What a loan was on a past day comes from its chain by the functions of the close itself, so sums equal the closed day's.
"""
