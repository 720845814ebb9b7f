"""What goes out: each renders the same result."""
