"""Tables of articles: their rows, and which column is what."""
