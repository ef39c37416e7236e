"""Reports: one file for each, one line in the catalogue. They read, and change nothing."""
