"""Sentences compared with one another: which state the same, and which hold what of another."""
