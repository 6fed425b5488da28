"""People and firms, before any business with them: identity documents, registration codes, names, telephones."""
