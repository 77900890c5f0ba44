"""The process: terms, definition, settings, working time and deadlines."""
