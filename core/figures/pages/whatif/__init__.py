"""The simulation of another staffing or another rule."""
