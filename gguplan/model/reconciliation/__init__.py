"""What the reports state, computed again."""
