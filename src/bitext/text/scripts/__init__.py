"""Scripts: which one, traditional to simplified, the plain form of a text."""
