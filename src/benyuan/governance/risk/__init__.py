"""Risk appetite: limits over ratios, how a ratio stands to its limit; losses and near misses."""
