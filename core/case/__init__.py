"""One case in memory: its model, commands, events, guards and permissions. No I/O."""
