"""Who says what: quotations, verbs of saying, sources, voices."""
