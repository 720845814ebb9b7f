"""Many variants of one scenario: which, what comes out of each, and what drives it."""
