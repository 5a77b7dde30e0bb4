"""Furniture out, metadata lifted: rules, recurring lines, people, outlets, dates."""
