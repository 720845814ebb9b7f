"""The levers: what of a scenario can be changed, read off the schema, in the words of its manual."""
