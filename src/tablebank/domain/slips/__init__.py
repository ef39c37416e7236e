"""Fills and credits: how chips move between cage and table, who vouches for each step (SLIP)."""
