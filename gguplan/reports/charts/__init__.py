"""Charts and maps: each a function from a result to a `Picture`, with the same look and its own words."""
