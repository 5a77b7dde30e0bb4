"""Corpus → Tokens: the dictionary of the run, batches of articles through one tokenizer."""
