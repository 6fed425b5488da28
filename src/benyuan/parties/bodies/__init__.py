"""Bodies: everything that can own or be owned, financial or not, and the individuals behind them."""
