"""Budgets and realised amounts as published, and the relations between them."""
