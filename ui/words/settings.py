"""Settings, their changes and what they would do, in words."""

from datetime import date
from typing import Any

import pandas as pd
from babel import Locale
from babel.dates import format_date

from core.process.definition import phase_name
from core.process.terms import DOCUMENT_NAMES, ROLE_NAMES, Document, Role
from core.services.settings import Change
from core.services.settings_preview import Effect, Preview
from ui.words.format import Format, spelled
from ui.words.messages import language, t

COLUMNS = ("when", "who", "what", "before", "after")


def country(code: str) -> str:
    return str(Locale.parse(language()).territories.get(code, code))


def weekday(number: Any) -> str:
    return str(Locale.parse(language()).days["stand-alone"]["wide"][int(number)])


def lane(code: str) -> str:
    """«Gerente Comercial, 2 Envío Propuesta» for `2/gerente_comercial`."""
    phase, _, role = code.partition("/")
    return f"{ROLE_NAMES[Role(role)]}, {phase_name(int(phase))}"


def rule(mode: str, quorum: int | str = 0) -> str:
    """A rule in words; `quorum_3` says the same as quorum with 3."""
    name, _, number = mode.partition("_")
    return t(f"owner-rule-{name}", number=int(number or quorum))


def effects(found: Preview) -> list[str]:
    """What saving would do, one sentence for each change."""
    return [_effect(effect) for effect in found.effects]


def _effect(effect: Effect) -> str:
    counts = {"open": effect.open, "now": effect.now, "then": effect.then}
    match effect.kind:
        case "lane":
            return t("owner-effect-lane", lane=lane(effect.of), **counts)
        case "rule":
            return t("owner-effect-rule", document=Document(effect.of), **counts)
    return t(f"owner-effect-{effect.kind.replace('_', '-')}", **counts)


def history(found: list[Change], words: Format) -> pd.DataFrame:
    """The changes as a table, the newest first."""
    rows = [
        (
            words.moment(each.at),
            each.by or t("owner-by-command"),
            _what(each),
            _value(each, each.before),
            _value(each, each.after),
        )
        for each in found
    ]
    return pd.DataFrame(rows, columns=[t(f"owner-column-{name}") for name in COLUMNS])


def _what(change: Change) -> str:
    match change.setting:
        case "first" | "later":
            return f"{lane(change.of)}: {t(f'owner-{change.setting}')}"
        case "rule":
            return f"{DOCUMENT_NAMES[Document(change.of)]}: {t('owner-rule')}"
    return t(f"owner-{change.setting.replace('_', '-')}")


def _value(change: Change, value: Any) -> str:  # noqa: PLR0911  (one line for each kind of value)
    match change.setting:
        case "first" | "later" | "soon" | "escalate_after":
            return spelled(value)
        case "rule":
            return rule(*value)
        case "calendar_country":
            return country(value)
        case "calendar_weekdays":
            return ", ".join(weekday(day) for day in value)
        case "calendar_hours":
            return ", ".join(f"{opens}-{closes}" for opens, closes in value)
        case "calendar_closed":
            days = [format_date(date.fromisoformat(day), "d MMM y", locale=language()) for day in value]
            return ", ".join(days) or t("owner-none")
        case "four_eyes_on_validation":
            return t("owner-yes" if value else "owner-no")
        case "endpoints":
            return ", ".join(f"{name}: {endpoint['url']}" for name, endpoint in value.items()) or t("owner-none")
    return str(value)
