"""The composition root: settings, addresses, and what a server serves."""
