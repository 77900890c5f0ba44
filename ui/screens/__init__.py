"""Every screen but the case and the analysis, one module each."""
