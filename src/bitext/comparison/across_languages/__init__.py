"""Concepts compared across languages: how unevenly the table finds them, and that taken out."""
