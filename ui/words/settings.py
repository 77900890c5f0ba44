"""Text for settings, their changes and the effects of these."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from babel import Locale
from babel.dates import format_date

from core.process.definition import phase_name
from core.process.settings_catalogue import (
    ApprovalRule,
    Country,
    Dates,
    Endpoints,
    Hours,
    Leaf,
    Minutes,
    TimeZone,
    ValueKind,
    Weekdays,
    YesNo,
)
from core.process.terms import DOCUMENT_NAMES, ROLE_NAMES, Document, Role
from core.services.settings import Change
from core.services.settings_preview import Effect, Preview
from ui.words.format import Format, spelled
from ui.words.messages import language, optional, t

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
    """The label of a rule; mode `quorum_3` is equivalent to quorum with 3."""
    name, _, number = mode.partition("_")
    return t(f"owner-rule-{name}", number=int(number or quorum))


def effects(preview: Preview) -> list[str]:
    """The effects of saving, one sentence for each change."""
    return [_effect(effect) for effect in preview.effects]


def _effect(effect: Effect) -> str:
    counts = {"open": effect.open, "now": effect.now, "then": effect.then}
    match effect.kind:
        case "lane":
            return t("owner-effect-lane", lane=lane(effect.of), **counts)
        case "rule":
            return t("owner-effect-rule", document=Document(effect.of), **counts)
    return t(f"owner-effect-{effect.kind.replace('_', '-')}", **counts)


def history(changes: list[Change], fmt: Format) -> pd.DataFrame:
    """The changes as a table, newest first."""
    rows = [
        (
            fmt.moment(change.at),
            change.by or t("owner-by-command"),
            full_label(change.leaf),
            value(change.leaf.kind, change.before),
            value(change.leaf.kind, change.after),
        )
        for change in changes
    ]
    return pd.DataFrame(rows, columns=[t(f"owner-column-{name}") for name in COLUMNS])


# --- the settings themselves ---
def full_label(leaf: Leaf) -> str:
    """«Operador Operación, 1 Inicio: primera tarea», «Contrato: regla de aprobación», «Horario»."""
    label = t(f"owner-{leaf.label}")
    if not leaf.of:
        return label
    return f"{DOCUMENT_NAMES[Document(leaf.of)] if leaf.of in DOCUMENT_NAMES else lane(leaf.of)}: {label}"


def field_label(leaf: Leaf) -> str:
    """A shorter label, for where the phase and the document are shown already."""
    if leaf.of in DOCUMENT_NAMES:
        return DOCUMENT_NAMES[Document(leaf.of)]
    label = t(f"owner-{leaf.label}")
    return f"{ROLE_NAMES[Role(leaf.of.partition('/')[2])]}: {label}" if leaf.of else label


def field_help(leaf: Leaf) -> str | None:
    """The help text of a setting, if it has one."""
    return optional(f"owner-{leaf.label}-help")


def value(kind: ValueKind, stored: Any) -> str:
    """A stored value as text."""
    return VALUES[type(kind)](stored)


def _dates(days: list[str]) -> str:
    dates = [format_date(date.fromisoformat(day), "d MMM y", locale=language()) for day in days]
    return ", ".join(dates) or t("owner-none")


def _endpoints(stored: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}: {endpoint['url']}" for name, endpoint in stored.items()) or t("owner-none")


VALUES: Mapping[type[ValueKind], Callable[[Any], str]] = {
    Minutes: spelled,
    YesNo: lambda stored: t("owner-yes" if stored else "owner-no"),
    ApprovalRule: lambda stored: rule(*stored),
    Country: country,
    TimeZone: str,
    Weekdays: lambda stored: ", ".join(weekday(day) for day in stored),
    Hours: lambda stored: ", ".join("-".join(span) for span in stored),
    Dates: _dates,
    Endpoints: _endpoints,
}
