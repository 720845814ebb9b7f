"""Tables of a result for other programs: CSV and JSON."""
