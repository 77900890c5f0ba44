"""The forecast of running cases, and how well it would have done."""
