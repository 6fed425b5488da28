"""What is read from the bureau's books, and the runs over them: files furnished, reports, duties, the yearly pack."""
