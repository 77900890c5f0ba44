"""The demonstration: a fictional organisation at work, created through the services only."""
