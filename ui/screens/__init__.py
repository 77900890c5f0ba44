"""Every other screen, one module each."""
