"""Findings of charts as sentences; without Streamlit."""
