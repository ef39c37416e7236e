"""Writes: what people do to a table bank, each through the one door."""
