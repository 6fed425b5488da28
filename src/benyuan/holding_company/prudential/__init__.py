"""A group's prudential figures: capital without double counting, leverage, exposures, liquidity, and house limits."""
