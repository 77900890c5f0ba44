"""Exports for other programs: event logs (XES, OCEL 2.0), workbooks, CSV and the process as BPMN."""
