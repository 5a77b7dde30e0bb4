"""Word lists and tables as TSV, each with a card, and their one loader."""
