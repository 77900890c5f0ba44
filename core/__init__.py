"""The product without its screens: the process, its record, and what is read from it."""
