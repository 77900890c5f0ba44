"""Integrations: calls to other systems, and the API's clients."""
