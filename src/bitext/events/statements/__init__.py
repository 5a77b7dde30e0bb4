"""Sentences of several articles that state the same thing, in one language or two; who carries them, who does not."""
