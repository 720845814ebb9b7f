"""The documentation: what its pages show is executed, and its reference pages are written from the program.

``python -m tests.documentation`` writes the reference pages and every output that a page shows.
"""
