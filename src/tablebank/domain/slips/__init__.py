"""Fills and credits: how chips move between cage and table, and who vouches for each step (SLIP)."""
