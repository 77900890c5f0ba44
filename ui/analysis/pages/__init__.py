"""The sections of each page of the analysis."""
