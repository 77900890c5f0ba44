"""Due dates as people read them: a state in a word, a sign and a colour, and how far away it is."""

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
    state = due_state(words.now, soon_at, due_at, blocked=blocked)
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
