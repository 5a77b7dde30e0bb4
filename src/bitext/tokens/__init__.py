"""The Tokens object, and what is found in it: phrases, clauses, n-grams, lines of a word."""
