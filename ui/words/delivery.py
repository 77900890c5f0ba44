"""Why something was not delivered, in words: a notice to a person, or a request to another system."""

from core.store.outbox import DeliveryFailure
from ui.words.messages import text


def failure_text(language: str, failure: DeliveryFailure) -> str:
    """The end of a sentence, such as «the server did not take it»."""
    return text(language, f"undelivered-{failure.code.replace('_', '-')}", **failure.params)
