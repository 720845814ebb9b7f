"""What programmes realise of their budgets: history, forecast, running year, backtest."""
