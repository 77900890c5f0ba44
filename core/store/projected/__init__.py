"""Which rows each kind of event writes, a module for each of the tables they are in."""
