"""The sum behind one figure, as a tree."""
