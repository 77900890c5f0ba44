"""Due dates as people read them: a state in a word, a sign and a colour, and how far away it is."""

from collections.abc import Sequence

from core.process.deadlines import DueState, due_state
from core.queries.urgency import Why
from ui.words.format import DAY, Format
from ui.words.messages import t


def due_badge(words: Format, soon_at: int, due_at: int, *, blocked: bool) -> str:
    """The state of a deadline as a badge in markdown."""
    return _badge(words, due_state(soon_at, due_at, words.now, blocked=blocked), due_at)


def reason(words: Format, reasons: Sequence[Why]) -> str:
    """Why a row stands where it stands: what its deadline says as a badge, then what is missing, then its cycle."""
    first, *others = reasons
    said = [_badge(words, first.code, first.params.get("due_at", 0))]
    if first.code == DueState.BLOCKED:
        time = words.age(first.params["since_at"])
        said.append(f":small[{t('why-blocked', environment=first.params['environment'], time=time)}]")
    said += [f":small[{t('why-cycle', number=each.params['number'])}]" for each in others if each.code == "cycle"]
    return " ".join(said)


def _badge(words: Format, state: str, due_at: int) -> str:
    match state:
        case DueState.BLOCKED:
            return f":violet-badge[‖ {t('due-blocked')}]"
        case DueState.OVERDUE:
            return f":red-badge[● {t('due-overdue', when=words.relative(due_at))}]"
        case DueState.SOON:
            near = words.clock(due_at) if due_at - words.now < DAY else words.moment(due_at)
            return f":orange-badge[◐ {t('due-soon', when=near)}]"
        case _:
            return f":green-badge[○ {words.clock(due_at)}]"
