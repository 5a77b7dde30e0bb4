"""Keywords, stance, concepts, glossary, naming."""
