"""Who gets to speak: sources and kinds of actors, by group."""
