"""From Corpus to Tokens to Counts."""
