"""Par advice: what a table's own fills say about its target; a person decides (SUGG, PAR-7)."""
