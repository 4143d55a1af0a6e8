"""What the reports count: scope, facts at an instant, cells, and the lists behind them."""
