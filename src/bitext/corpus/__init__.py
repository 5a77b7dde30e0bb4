"""Records → Corpus, held in memory, or Scan, read batch by batch."""
