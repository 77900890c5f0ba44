"""Random tests for one seeded bug: they attack only the command that has lost a guard."""

from hypothesis.stateful import RULE_MARKER, RuleBasedStateMachine

from tests.properties.random_cases import Lives

LIVING = {"hold", "let_go", "take_it_back", "substitute_decides"}
ATTACKS = {  # prefixes of the rules that attack a command
    "OpenCase": ("open_",),
    "Validate": ("validate_",),
    "Attach": ("attach_",),
    "Send": ("send_",),
    "Review": ("review_", "approve_", "return_"),
    "Close": ("close_",),
    "HandOver": ("hand_over_",),
    "Take": ("take_", "hold_after"),
    "GiveBack": ("give_back_", "hold_after"),
    "Assign": ("assign_", "take_or_get", "hold_after"),
    "TakeBack": ("take_back_", "hold_after"),
    "Comment": ("comment_",),
    "EditComment": ("mend_",),
    "MakeLink": ("link_",),
    "WithdrawLink": ("withdraw_",),
    "SettleCall": ("settle_",),
    "AskAgain": ("ask_",),
    "RegisterEnvironment": ("register_",),
}


def attacks(machine: type[RuleBasedStateMachine]) -> set[str]:
    """The rules that attack commands: all except those that advance cases."""
    rules = {name for name in dir(machine) if hasattr(getattr(machine, name), RULE_MARKER)}
    return rules - set(vars(Lives)) - LIVING


def steered(machine: type[RuleBasedStateMachine], command: str) -> type[RuleBasedStateMachine]:
    """The state machine without attacks on other commands."""
    others = {name: None for name in attacks(machine) if not name.startswith(ATTACKS[command])}
    return type(f"{machine.__name__}On{command}", (machine,), others)
