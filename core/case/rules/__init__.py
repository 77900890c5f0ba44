"""The rules that can refuse a command, by subject; `core.case.guards` assigns them to commands."""
