"""Who may do what today: the directory, availability and coverage."""
