"""Accounts, sessions, rights, absences, offboarding and saved views."""
