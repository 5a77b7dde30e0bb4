"""Rates of stance features with intervals, differences between groups, a shared scale."""
