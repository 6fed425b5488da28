"""The bureau's score trained and tried out on the 30,000 clients: floats, which the rooms may not hold, live here."""
