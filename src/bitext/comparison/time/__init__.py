"""Counts, shares and bursts over time."""
