"""The product, without any screen. Its version stands here and nowhere else."""

__version__ = "1.0.0"
