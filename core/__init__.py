"""The approvals dashboard without its screens: the process, its record, and everything that is read from it."""

__version__ = "1.0.0"
