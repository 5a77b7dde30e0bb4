"""Polarity toward something: by rules, and learned."""
