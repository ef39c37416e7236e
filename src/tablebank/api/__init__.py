"""The JSON face: what independent programs speak to."""
