"""What a notice says, in its reader's language: what is asked, never more of a case than its code and client."""

from core.bell import Told
from core.notices import Notice
from core.process import title
from core.terms import OUTCOME_NAMES, ROLE_NAMES, Kind, Outcome, Role
from ui.format import Format
from ui.i18n import text


def said(words: Format, notice: Told) -> str:
    """One sentence."""
    params, language = notice.params, words.language
    match notice.kind:
        case Notice.MENTIONED:
            return text(language, "notice-mentioned")
        case Notice.ENDED:
            return text(language, "notice-ended", outcome=OUTCOME_NAMES[Outcome(params["outcome"])])
    work = title(Kind(params["work"]), params["phase"])
    role, due = ROLE_NAMES[Role(params["role"])], words.moment(params["due_at"])
    return text(language, f"notice-{notice.kind.replace('_', '-')}", work=work, role=role, due=due)
