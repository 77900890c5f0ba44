"""What the process is: its terms, its definition, its settings, working time and deadlines."""
