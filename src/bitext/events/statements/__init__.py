"""Sentences of several articles that state the same thing; who carries them, and who does not."""
