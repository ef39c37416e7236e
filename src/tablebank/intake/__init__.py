"""What comes in: files and pasted rows, from bytes to typed rows with every error at once; pure."""
