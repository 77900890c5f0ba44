"""The operations commands: `python -m core`."""
