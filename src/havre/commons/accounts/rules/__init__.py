"""Pure rules of signing in: passwords, waits, issues of provisional secrets, the steps of a first time."""
