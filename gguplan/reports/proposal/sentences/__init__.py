"""Sentences that say what the numbers say: pure functions from results of the model to text."""
