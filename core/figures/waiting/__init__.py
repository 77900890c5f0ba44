"""How long work waited, and what it waited for."""
