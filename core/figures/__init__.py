"""The figures of the analysis as defined in `spec/metrics.md`, each computed in one place."""
