"""What a person can do about their file: object, explain, complain, ask how a score came about."""
