"""The event log as other programs read it: XES (IEEE 1849) and OCEL 2.0, from the recorded events."""
