"""A second, independent reading of a record against the definition of the process."""
