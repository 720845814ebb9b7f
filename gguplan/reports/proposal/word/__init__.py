"""A proposal as a Word document: the template, the places in it, and what is put there."""
