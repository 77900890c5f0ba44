"""Notices to people and their delivery."""
