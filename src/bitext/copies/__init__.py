"""Texts that were printed more than once: found, measured, named."""
