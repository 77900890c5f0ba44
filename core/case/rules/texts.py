"""The check of texts that people enter."""

from core.errors import Invalid
from core.text import text_problem

MAX_TEXT = 4000


def check_text(field: str, text: str, missing: str = "reason_missing") -> None:
    problems = text_problem(field, text, MAX_TEXT, missing)
    if problems:
        raise Invalid(problems)
