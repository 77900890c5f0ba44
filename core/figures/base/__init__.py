"""The basis of every figure: rows, clocks, percentiles, evidence."""
