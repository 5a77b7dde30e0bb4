"""One id over words of both languages: the table, its look-up, its forms."""
