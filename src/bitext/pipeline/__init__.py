"""Everything at once: the passes over the articles behind `bitext.compare`, and its tables."""
