"""Who takes part, and what those outside do to the money."""
