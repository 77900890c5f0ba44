"""The pages of the analysis section."""
