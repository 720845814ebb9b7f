"""Inhabitants in years to come: history through mergers, projection, backtest."""
