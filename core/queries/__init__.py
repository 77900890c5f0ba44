"""Reads of running work: the inbox, a case, the list of cases."""
