"""Which name for the same thing."""
