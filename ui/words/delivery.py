"""Text for delivery failures of notices and of calls to other systems."""

from core.store.outbox import DeliveryFailure
from ui.words.messages import text


def failure_text(language: str, failure: DeliveryFailure) -> str:
    """The end of a sentence, such as «the server did not take it»."""
    return text(language, f"undelivered-{failure.code.replace('_', '-')}", **failure.params)
