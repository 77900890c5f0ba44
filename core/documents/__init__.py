"""Files as evidence: examined, stored by content, compared, read for their text."""
