"""Inhabitants of every municipality: the years, the names, the mergers, and new years."""
