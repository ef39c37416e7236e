"""Reads: questions about table banks, answered with frozen values."""
