"""The lines of the sum behind a bill, in sentences: a module for each part of the sum."""
