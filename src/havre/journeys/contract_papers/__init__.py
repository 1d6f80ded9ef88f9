"""The papers of a contract: the member card and the particular conditions."""
