"""Related parties and their transactions: who is one, what is major, who approves, what is owed by when."""
