"""Personal data that go from one entity to another: from whom, to whom, what, on what ground."""
