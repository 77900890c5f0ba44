"""Other systems: calls to them, and who of them may ask."""
