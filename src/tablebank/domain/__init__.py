"""The rules of the floor: pure, with the standard library alone. No clock, no I/O, no framework."""
