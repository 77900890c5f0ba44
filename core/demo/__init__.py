"""A demonstration: a fictional organisation at work, made through the services alone."""
