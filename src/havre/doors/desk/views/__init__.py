"""The desk's pages: each translates, and asks one thing of the floors below."""
