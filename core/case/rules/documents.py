"""Whether a document may be sent."""

from typing import cast

from core.case.commands import Send
from core.case.context import Context
from core.case.rules.texts import MAX_TEXT
from core.errors import Invalid, Problem
from core.process.terms import Document, Kind
from core.text import text_problem


def document_is_attached(context: Context) -> None:
    document = context.item.document
    needed = context.item.work is Kind.PRODUCE and document is not Document.CRO
    if needed and document and context.case.newest(document) is None:
        raise Invalid({"file": Problem("document_missing", {"document": document})})


def new_version_is_attached(context: Context) -> None:
    document = context.item.document
    newest = context.case.newest(document) if document else None
    if context.item.work is Kind.CORRECT and newest and newest.sent_by is not None:
        raise Invalid({"file": Problem("new_version_missing", {"document": document, "version": newest.version})})


def findings_are_answered(context: Context) -> None:
    answers = cast(Send, context.command).answers
    problems: dict[str, Problem] = {}
    for finding in context.case.findings if context.item.work is Kind.CORRECT else ():
        problems |= text_problem(
            f"answer_{finding.number}", answers.get(finding.number, ""), MAX_TEXT, "answer_missing"
        )
    if problems:
        raise Invalid(problems)
