"""The core state module: `decide` turns a command into events, `evolve` applies an event to the case.

Pure: no clock, no database, no randomness. Nothing else changes a case. The same functions preview a decision
(`foresee`), rebuild a case at any past moment, and drive the demonstration.
"""

from collections.abc import Iterable

from core.case import events as happened
from core.case import recorder as case_recorder
from core.case import transitions
from core.case.changes import changed
from core.case.commands import Actor, Command
from core.case.context import Context
from core.case.events import Event
from core.case.guards import check
from core.case.model import Case
from core.process.policy import Policy


def decide(policy: Policy, case: Case | None, command: Command, actor: Actor, at: int) -> tuple[Event, ...]:
    """The events that a command causes, in order; raises Refused when a guard refuses the command."""
    check(Context(policy, case, command, actor, max(at, case.moment) if case else at))
    return foresee(policy, case, command, actor, at)


def foresee(policy: Policy, case: Case | None, command: Command, actor: Actor, at: int) -> tuple[Event, ...]:
    """The events that a command causes if no guard refuses it; none is dated before the case's last event."""
    recorder = case_recorder.Recorder(policy, case, actor, at, evolve)
    transitions.carry_out(command, recorder)
    return tuple(recorder.events)


def rebuild(record: Iterable[Event], case: Case | None = None) -> Case | None:
    """Apply a record of events to `case`, or from the beginning; None when both are empty."""
    for event in record:
        case = evolve(case, event)
    return case


def evolve(case: Case | None, event: Event) -> Case:
    """The state of the case after one more event."""
    if case is None:
        assert isinstance(event.body, happened.CaseOpened)
        return _opened(event, event.body)
    return changed(case, event)


def _opened(event: Event, body: happened.CaseOpened) -> Case:
    return Case(
        flow=body.flow,
        channel=body.channel,
        international=body.international,
        client=body.client,
        service=body.service,
        criteria=body.criteria,
        environments=body.environments,
        opened_at=event.at,
        version=event.seq,
        entered_at=event.at,
        moment=event.at,
    )
