"""All territories of a country: map, ranking and what is behind them."""

from widgets.portfolio.portfolio import PortfolioView

__all__ = ["PortfolioView"]
