"""The rows that each kind of event writes, a module per group of tables."""
