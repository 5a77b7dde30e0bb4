"""Stance: whose words, how sure, toward whom."""
