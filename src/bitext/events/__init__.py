"""Articles on one event: stories, who covered them, what was left out."""
