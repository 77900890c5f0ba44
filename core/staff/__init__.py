"""Who may currently do what: the directory, availability and coverage."""
