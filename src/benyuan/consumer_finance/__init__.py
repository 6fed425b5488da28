"""The consumer-finance company: pay-later accounts and cash loans, priced, limited, closed every day, provisioned."""
