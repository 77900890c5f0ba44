"""Documents: checking, storing and comparing files, and extracting their text."""
