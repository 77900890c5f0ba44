"""The product without its screens: the process, its record, and what is read from it."""

__version__ = "1.0.0"
