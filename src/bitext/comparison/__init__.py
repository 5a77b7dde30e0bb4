"""Keyness, tests, similarity, stories, and the Comparison that holds them all."""
