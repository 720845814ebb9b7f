"""The lines of the sum behind a bill, as raw values: a module for each part of the sum."""
