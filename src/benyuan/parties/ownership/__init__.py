"""Ownership: who owns what of whom, through any graph, rings included; interest and control reckoned apart."""
