"""The sums: no files and no printing."""
