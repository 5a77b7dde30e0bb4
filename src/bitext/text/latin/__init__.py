"""English and everything in Latin letters."""
