"""The pages: each asks one question, shows it, and passes on what is done there."""
