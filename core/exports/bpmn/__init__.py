"""The process as a BPMN file."""
