"""The rules that can refuse a command, by what they are about; `core.case.guards` says which command meets which."""
