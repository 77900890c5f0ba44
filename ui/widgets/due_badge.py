"""Badges of due dates: the state as text, symbol and colour, and the time left."""

from collections.abc import Sequence

from core.process.deadlines import DueState, due_state
from core.queries.urgency import Why
from ui.words.format import DAY, Format
from ui.words.messages import t


def due_badge(fmt: Format, soon_at: int, due_at: int, *, blocked: bool) -> str:
    """The state of a deadline as a badge in markdown."""
    return _badge(fmt, due_state(soon_at, due_at, fmt.now, blocked=blocked), due_at)


def reason(fmt: Format, reasons: Sequence[Why]) -> str:
    """Why a row is ranked as it is: its deadline as a badge, then what is missing, then its cycle."""
    first, *further = reasons
    parts = [_badge(fmt, first.code, first.params.get("due_at", 0))]
    if first.code == DueState.BLOCKED:
        time = fmt.age(first.params["since_at"])
        parts.append(f":small[{t('why-blocked', environment=first.params['environment'], time=time)}]")
    parts += [f":small[{t('why-cycle', number=why.params['number'])}]" for why in further if why.code == "cycle"]
    return " ".join(parts)


def _badge(fmt: Format, state: str, due_at: int) -> str:
    match state:
        case DueState.BLOCKED:
            return f":violet-badge[‖ {t('due-blocked')}]"
        case DueState.OVERDUE:
            return f":red-badge[● {t('due-overdue', when=fmt.relative(due_at))}]"
        case DueState.SOON:
            near = fmt.clock(due_at) if due_at - fmt.now < DAY else fmt.moment(due_at)
            return f":orange-badge[◐ {t('due-soon', when=near)}]"
        case _:
            return f":green-badge[○ {fmt.clock(due_at)}]"
