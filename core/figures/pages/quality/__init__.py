"""Returns and why they happen."""
