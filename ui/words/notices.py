"""The text of notices in their reader's language; of a case only its code and client are named."""

from babel.lists import format_list

from core.notices.feed import NoticeRow
from core.notices.kinds import Notice
from core.process.definition import title
from core.process.terms import OUTCOME_NAMES, ROLE_NAMES, Kind, Outcome, Role
from ui.words.format import Format
from ui.words.messages import text


def describe_notice(fmt: Format, notice: NoticeRow) -> str:
    """Describe a notice in one sentence."""
    params, language = notice.params, fmt.language
    match notice.kind:
        case Notice.MENTIONED:
            return text(language, "notice-mentioned")
        case Notice.ENDED:
            return text(language, "notice-ended", outcome=OUTCOME_NAMES[Outcome(params["outcome"])])
        case Notice.SUBSTITUTION_BEGAN:
            roles = format_list([ROLE_NAMES[Role(role)] for role in params["roles"]], locale=language)
            last = fmt.day(params["until_at"] - 1)
            return text(language, "notice-substitution-began", person=params["person"], roles=roles, last=last)
        case Notice.SUBSTITUTION_ENDED:
            first, count = fmt.day(params["from_at"]), params["count"]
            return text(language, "notice-substitution-ended", first=first, count=count)
    work = title(Kind(params["work"]), params["phase"])
    role, due = ROLE_NAMES[Role(params["role"])], fmt.moment(params["due_at"])
    return text(language, f"notice-{notice.kind.replace('_', '-')}", work=work, role=role, due=due)
