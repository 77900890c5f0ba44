"""The screens of the analysis."""
