"""Who is told what, and how it is delivered."""
