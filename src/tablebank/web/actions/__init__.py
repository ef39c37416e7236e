"""What can be done on a session page: one line in the catalogue for each thing, with its form."""
