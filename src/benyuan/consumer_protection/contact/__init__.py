"""Contact with customers: consents, messages, data handed on, the cashier, collection, key facts."""
