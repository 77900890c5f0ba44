"""The events that an accepted command causes, in the order in which they happen."""

from collections.abc import Callable

from core.case import claim, recall
from core.case import events as happened
from core.case.commands import (
    AskAgain,
    Assign,
    Attach,
    Close,
    Command,
    Comment,
    EditComment,
    GiveBack,
    HandOver,
    MakeLink,
    OpenCase,
    RegisterEnvironment,
    Review,
    Send,
    SettleCall,
    Take,
    TakeBack,
    Validate,
    WithdrawLink,
)
from core.case.events import PanelTaken
from core.case.model import Call, Item
from core.case.recorder import Recorder, enter_next_phase
from core.case.review_transitions import close, review
from core.process.definition import LAST_PHASE, checklist, phase_of
from core.process.terms import Does, Kind, Outcome
from core.text import clean_text

DAY_MS = 24 * 60 * 60 * 1000


def carry_out(command: Command, recorder: Recorder) -> None:
    """Record the events of a command."""
    _STEPS[type(command)](command, recorder)


def _open_case(command: OpenCase, recorder: Recorder) -> None:
    recorder.add(
        happened.CaseOpened(
            command.flow,
            command.channel,
            command.international,
            command.client,
            command.service,
            command.criteria,
            command.environments,
        )
    )
    role = recorder.case.intake_role
    recorder.perform_all(role, Does.START)
    recorder.open_item(Kind.VALIDATE, role)


def _validate(command: Validate, recorder: Recorder) -> None:
    item = recorder.item(command.item)
    to_tick = checklist(item.work, item.phase, item.role, international=recorder.case.international)
    calls, answered = recorder.calls(item), recorder.case.called(item.item, "answered")
    for placed in phase_of(item.phase).placed(item.role, Does.CHECK, Does.DECISION):
        if placed.activity.does is Does.DECISION:
            recorder.add(happened.Validated(item.item, command.verdict, clean_text(command.reason)))
            recorder.perform(placed, result=command.verdict)
            break
        if placed not in to_tick or placed.position in command.done | answered:
            recorder.perform_ticked(placed, calls)
    if command.verdict == "no":
        recorder.end(Outcome.REJECTED)
    else:
        recorder.open_item(Kind.CLOSE if item.phase == LAST_PHASE else Kind.PRODUCE, recorder.case.intake_role)


def _attach(command: Attach, recorder: Recorder) -> None:
    item = recorder.item(command.item)
    document = item.document
    assert document is not None
    newest = recorder.case.newest(document)
    version = newest.version + 1 if newest else 1
    recorder.add(
        happened.DocumentAttached(
            item.item, document, version, command.sha256, command.name, command.media_type, command.size
        )
    )
    if newest is None and item.phase > 1:
        recorder.perform_all(item.role, Does.GENERATE)


def _send(command: Send, recorder: Recorder) -> None:
    item = recorder.item(command.item)
    document = item.document
    assert document is not None
    newest = recorder.case.newest(document)
    panel = recorder.policy.panel(recorder.case.flow, document) if item.phase > 1 else None
    panel_taken = PanelTaken(panel.mode, panel.roles, panel.needed) if panel else None
    known = {finding.number for finding in recorder.case.findings} if item.work is Kind.CORRECT else set()
    answers = {number: clean_text(text) for number, text in command.answers.items() if number in known}
    version = newest.version if newest else None
    calls = recorder.calls(item)
    recorder.add(happened.DocumentSent(item.item, document, version, item.cycle, answers, panel_taken))
    if panel is None:
        _finish_intake(item, calls, recorder)
        return
    recorder.perform_all(item.role, Does.SEND)
    for role in panel.roles:
        recorder.open_item(Kind.REVIEW, role, cycle=item.cycle)


def _finish_intake(item: Item, calls: tuple[Call, ...], recorder: Recorder) -> None:
    """Record the rest of phase 1's lane, which has no review, as done or not applicable, and enter phase 2."""
    to_tick = checklist(item.work, item.phase, item.role, international=recorder.case.international)
    lane = phase_of(item.phase).placed(item.role)
    split = next(placed.position for placed in lane if placed.activity.does is Does.DECISION)
    for placed in lane[split:]:
        if placed in to_tick:
            recorder.perform_ticked(placed, calls)
        else:
            recorder.perform(placed, status="not_applicable", why="national")
    enter_next_phase(recorder)


def _register_environment(command: RegisterEnvironment, recorder: Recorder) -> None:
    gate = recorder.case.gate(recorder.at)
    recorder.add(happened.EnvironmentRegistered(command.environment, clean_text(command.evidence), command.expires_at))
    if gate and not recorder.case.missing(gate, recorder.at):
        due_at, soon_at = recorder.policy.due(gate.phase, gate.role, recorder.at, first=True)
        recorder.add(happened.ItemDueMoved(gate.item, due_at, soon_at), by_system=True)


def _hand_over(command: HandOver, recorder: Recorder) -> None:
    recorder.add(happened.ChannelHanded(command.channel, clean_text(command.reason)))


def _comment(command: Comment, recorder: Recorder) -> None:
    recorder.add(happened.Commented(clean_text(command.text), command.mentions))


def _edit_comment(command: EditComment, recorder: Recorder) -> None:
    recorder.add(happened.CommentEdited(command.comment, clean_text(command.text), command.mentions))


def _make_link(command: MakeLink, recorder: Recorder) -> None:
    expires_at = recorder.at + command.days * DAY_MS
    recorder.add(happened.LinkMade(recorder.case.last_link + 1, command.token_hash, expires_at))


def _withdraw_link(command: WithdrawLink, recorder: Recorder) -> None:
    recorder.add(happened.LinkWithdrawn(command.link))


def _settle_call(command: SettleCall, recorder: Recorder) -> None:
    settled = happened.CallSettled(command.call, command.outcome, command.status, command.reference)
    recorder.add(settled, by_system=True)


def _ask_again(command: AskAgain, recorder: Recorder) -> None:
    call = next(call for call in recorder.case.calls if call.call == command.call)
    recorder.add(happened.CallAskedAgain(call.call, call.system))


_STEPS: dict[type, Callable[..., None]] = {
    OpenCase: _open_case,
    Validate: _validate,
    Attach: _attach,
    Send: _send,
    Review: review,
    Close: close,
    RegisterEnvironment: _register_environment,
    HandOver: _hand_over,
    Take: claim.hold,
    GiveBack: claim.hold,
    Assign: claim.hold,
    TakeBack: recall.take_back,
    Comment: _comment,
    EditComment: _edit_comment,
    MakeLink: _make_link,
    WithdrawLink: _withdraw_link,
    SettleCall: _settle_call,
    AskAgain: _ask_again,
}
