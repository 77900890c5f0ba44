"""An independent check of records against the definition of the process."""
