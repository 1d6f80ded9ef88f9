"""Havre: the member space for health and protection insurance, its desk and its privacy engine."""
