"""Words that a corpus has and the dictionary lacks."""
