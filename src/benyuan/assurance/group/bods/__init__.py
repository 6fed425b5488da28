"""Ownership as statements of the Beneficial Ownership Data Standard (BODS) 0.4, out of a group and into one."""
