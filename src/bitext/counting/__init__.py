"""Tokens → Counts: articles by terms, and their sums by group."""
