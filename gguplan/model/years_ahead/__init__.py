"""Years ahead of the whole fund: what comes in, what is spent, and the balance that is carried from year to year."""
