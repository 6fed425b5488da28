"""benyuan's tests: a package, so that helpers have full names."""
