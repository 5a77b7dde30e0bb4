"""What sets groups apart: keywords, keyness, shift, similarity, time."""
