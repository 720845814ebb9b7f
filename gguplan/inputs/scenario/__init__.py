"""A scenario file: what it may say, how it comes about, and what is wrong with it."""
