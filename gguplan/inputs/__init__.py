"""What comes in: every mistake in a file is found here, all at once."""
