"""The settings pages: what a casino has set up, read by section and changed form by form."""
