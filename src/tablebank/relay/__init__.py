"""What leaves: the journal, read from a position and handed on as it grows (JRN-4)."""
