"""Due dates as people read them: a state in a word, a sign and a colour, and how far away it is."""

from collections.abc import Iterable

from core.why import Why
from ui.format import DAY, Format
from ui.i18n import t


def due_state(now: int, soon_at: int, due_at: int, *, blocked: bool) -> str:
    """One of blocked, overdue, soon, on_time."""
    if blocked:
        return "blocked"
    if due_at <= now:
        return "overdue"
    return "soon" if soon_at <= now else "on_time"


def due_badge(words: Format, soon_at: int, due_at: int, *, blocked: bool) -> str:
    """The state of a deadline as a badge in markdown."""
    return _badge(words, due_state(words.now, soon_at, due_at, blocked=blocked), due_at)


def reason_badge(words: Format, first: Why) -> str:
    """The first reason why a row stands where it stands, as a badge: what its deadline says."""
    return _badge(words, first.code, first.params.get("due_at", 0))


def reason(words: Format, reasons: Iterable[Why]) -> str:
    """What the badge does not say: what is missing and since when, and the cycle if it is not the first."""
    said = []
    for each in reasons:
        if each.code == "blocked":
            time = words.elapsed(words.now - each.params["since_at"])
            said.append(t("why-blocked", environment=each.params["environment"], time=time))
        if each.code == "cycle":
            cycle = t("why-cycle", number=each.params["number"])
            said.append(t("why-and", reason=cycle))
    return f" :orange[:small[{' '.join(said)}]]" if said else ""


def _badge(words: Format, state: str, due_at: int) -> str:
    match state:
        case "blocked":
            return f":violet-badge[‖ {t('due-blocked')}]"
        case "overdue":
            return f":red-badge[● {t('due-overdue', when=words.relative(due_at))}]"
        case "soon":
            near = words.clock(due_at) if due_at - words.now < DAY else words.moment(due_at)
            return f":orange-badge[◐ {t('due-soon', when=near)}]"
        case _:
            return f":green-badge[○ {words.clock(due_at)}]"
