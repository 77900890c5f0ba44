"""What every figure is computed from: selections, rows, clocks."""
