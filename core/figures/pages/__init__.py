"""The figures of each page of the analysis; no module imports another."""
