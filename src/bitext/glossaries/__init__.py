"""Pairs of names that texts give in parentheses: 阿斯麦（ASML）."""
