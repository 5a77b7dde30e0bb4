"""Sentences and their clauses, with what they are compared by."""
