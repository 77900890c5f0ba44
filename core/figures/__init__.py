"""The figures of the analysis, as `spec/metrics.md` defines them: one computation each, for whoever shows them."""
