"""Every word has its place: both languages complete, nothing missing, nothing left over, no code on the screen."""

import ast
import re
from dataclasses import fields

import pytest

from core.errors import Refused
from core.integrations import outbound_calls
from core.integrations.outbound_calls import ask_again
from core.notices import sender
from core.process.definition import activities, title
from core.process.terms import (
    DOCUMENT_NAMES,
    OUTCOME_NAMES,
    REVIEWED_DOCUMENTS,
    ROLE_NAMES,
    Channel,
    Document,
    Environment,
    Flow,
    Kind,
    Outcome,
    Role,
)
from core.process.working_time import Calendar
from core.queries import case
from core.services import cases
from core.store.outbox import AS_RECORDED
from core.store.tables import work_items
from tests.support import ftl
from tests.support.drive_case import FAILS, World
from tests.support.ftl import calls, named_by, spoken
from tests.support.people import ADMIN, EVERYTHING, ID, MESA, PROCESO
from ui.words import history
from ui.words import messages as messages_words
from ui.words.format import Format
from ui.words.messages import LANGUAGES, term, text

SPANISH, ENGLISH = ftl.messages("es"), ftl.messages("en")
# Codes of the core that `word` says, each with where it comes from.
WORDS = {
    "yes", "no", "approve", "return",  # verdicts
    "done", "ordered", "not_applicable",  # Performed.status
    "national", "international", "all", "any", "quorum", "b2b", "one_sign_off",  # Performed.why
    "by_system", "by_hand",  # Performed.why
    "answered", "failed",  # CallSettled.outcome
    "approved", "returned", "signed_off",  # ItemWithdrawn.why
    "taken_back",  # ItemWithdrawn.why
    "left",  # ItemGivenBack.why
    "send", "close",  # work_items.ended_as, beside the verdicts
    "meets", "fails",  # answers to a criterion, beside not_applicable
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_there_twice(language: str):
    ids = [name for name, _ in ftl.messages_in(language)]
    assert [name for name in ids if ids.count(name) > 1] == []


def test_both_languages_have_the_same_messages_with_the_same_parameters():
    assert len(SPANISH) > 300
    assert ENGLISH == SPANISH


def test_every_message_that_a_page_names_is_there_and_gets_its_parameters():
    wrong = []
    for where, pattern, given in spoken():
        found = named_by(pattern, SPANISH)
        lacking = [name for name in found if given is not None and not SPANISH[name] <= given]
        if not found or (lacking and "(.+)" not in pattern):
            wrong.append((where, pattern, lacking))
    assert wrong == []


def test_no_message_is_left_that_nobody_says():
    said = {name for pattern in {spoken_of for _, spoken_of, _ in spoken()} for name in named_by(pattern, SPANISH)}
    said |= {f"word-{word.replace('_', '-')}" for word in WORDS}
    said |= {f"{kind.__name__.lower()}-{v.replace('_', '-')}" for kind in (Flow, Channel, Environment) for v in kind}
    said |= {f"error-{code.replace('_', '-')}" for code in refusal_codes()} | {"error-unknown", "error-invalid"}
    assert sorted(set(SPANISH) - said) == []


# --- codes ---
ERRORS = {"Problem", "Refused", *(error.__name__ for error in Refused.__subclasses__())}
HELPERS = {"check_text": 3, "_not_the_sender": 3, "text_problem": 4}  # with so many arguments the last one is the code


def refusal_codes() -> set[str]:
    """Every code with which something is refused, read from the source."""
    found = {"reason_missing"}  # the default of `check_text`
    for _, call, name in calls("core", "ui", "pages"):
        if name in ERRORS and call.args:
            found |= set(ftl.values(call.args[0]))
        if len(call.args) == HELPERS.get(name, -1):
            found |= set(ftl.values(call.args[-1]))
    withdrawn = {code for _, call, name in calls("core") if name == "withdraw_open" for code in _first(call)}
    found.remove("item_(.+)")
    found |= {f"calendar_{field.name}" for field in fields(Calendar)}
    return found | {f"item_withdrawn_{why}" for why in withdrawn}


def _first(call: ast.Call) -> set[str]:
    return set(ftl.values(call.args[0]))


def test_every_refusal_has_its_sentence():
    codes = refusal_codes()
    assert {"four_eyes", "document_missing", "finding_missing", "item_withdrawn_returned", "file_type"} <= codes
    assert len(codes) > 60
    assert [code for code in sorted(codes) if f"error-{code.replace('_', '-')}" not in SPANISH] == []


def test_every_failure_of_a_delivery_has_its_sentence_and_every_sentence_its_failure():
    codes = {*sender.FAILURE_CODES, *outbound_calls.FAILURE_CODES, AS_RECORDED}
    ids = {name for name in SPANISH if name.startswith("undelivered-")}
    assert ids == {f"undelivered-{code.replace('_', '-')}" for code in codes}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_core_has_its_word(language: str):
    for kind in (Role, Flow, Channel, Environment, Outcome, Document):
        assert [term(language, value) for value in kind if not term(language, value)] == []
    assert [term(language, word) for word in sorted(WORDS) if "_" in term(language, word)] == []


# --- the record in words ---
def lives(w: World) -> list[str]:
    """Cases that between them hold every kind of entry: each rule, a return, a hand-over, a refusal, both ends."""
    codes = []
    for mode in ("all", "any", "quorum"):
        w.setting("rules", {document: {"mode": mode, "quorum": 2} for document in REVIEWED_DOCUMENTS})
        codes.append(w.open(mode, international=mode == "all"))
        w.to(codes[-1], 2, Kind.REVIEW)
        w.review(codes[-1], Role.PROCESO, "return", answers=FAILS, reason="revisar")
        w.to(codes[-1], 3)
    w.setting("endpoints", {"booking": {"url": "https://booking.example/"}})
    for outcome in ("answered", "failed"):
        codes.append(w.open(outcome))
        w.settle(codes[-1], outcome=outcome)
        if outcome == "failed":
            ask_again(w.db, ID[ADMIN], codes[-1], 1, w.tick())
            w.settle(codes[-1], outcome=outcome)
        w.validate(codes[-1])
    w.setting("endpoints", {})
    codes.append(w.open("b2b", flow=Flow.B2B, channel=Channel.MESA_DE_AYUDA))
    w.hand_over(codes[-1], Channel.OPERACION)
    w.link(codes[-1])
    w.withdraw(codes[-1])
    number = w.item(codes[-1]).item
    cases.take(w.db, ID[MESA], codes[-1], number, w.tick())
    cases.give_back(w.db, ID[MESA], codes[-1], number, w.tick())
    cases.assign(w.db, ID[PROCESO], codes[-1], number, ID[MESA], w.tick())
    w.validate(codes[-1], who=MESA)
    cases.take_back(w.db, ID[MESA], codes[-1], number, "era otro", w.tick())
    w.validate(codes[-1], who=MESA)
    w.to_end(codes[-1])
    w.validate(codes[0], "no", EVERYTHING)
    return codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_record_is_told_without_a_code(world: World, monkeypatch: pytest.MonkeyPatch, language: str):
    monkeypatch.setattr(messages_words, "language", lambda: language)
    codes = lives(world)
    kinds, told = set(), []
    with world.db.reading() as connection:
        for code in codes:
            entries = case.history(connection, case.header(connection, code).id)
            kinds |= {type(entry.event.body) for entry in entries}
            table = history.table(entries, Format(language, world.now), full=True)
            assert len(table) == len(entries)
            told += table.to_numpy().tolist()
        ended_as = set(connection.scalars(work_items.select().with_only_columns(work_items.c.ended_as).distinct()))
    assert len(kinds) == len(history.describe.registry) - 1 - len({"Commented", "CommentEdited"})
    raw = WORDS - {term(language, word) for word in WORDS} | {kind.__name__ for kind in kinds}
    cells = {cell for _, _, role, what, result, who, why in told for cell in (role, what, result, who, why)}
    assert cells & raw == set()
    hows = {how for how in ended_as if how and not how.startswith("withdrawn")}
    assert hows == {"yes", "no", "approve", "return", "send", "close"}
    assert {how for how in ended_as if how} - hows == {
        f"withdrawn_{w}" for w in ("returned", "approved", "signed_off", "taken_back")
    }


# --- the process's own terms ---
def test_the_terms_of_the_process_are_the_same_in_both_languages():
    for names in (ROLE_NAMES, DOCUMENT_NAMES, OUTCOME_NAMES):
        for value, name in names.items():
            assert term("es", value) == term("en", value) == name
    for same in ("flow-estandar", "flow-b2b", "channel-operacion", "channel-mesa-de-ayuda", "word-yes", "word-no"):
        assert text("es", same) == text("en", same)


TRANSLATED = (
    "operator", "help desk", "alliances", "commercial manager", "implementation lead", "proposal", "contract",
    "service order", "implementation plan", "invoice", "billing", "collection", "commercial closing", "end of process",
    "checklist of", "standard flow", "operations",
)  # fmt: skip


def test_no_english_message_translates_a_term():
    said = [f"{name}: {word}" for name, words in english_texts().items() for word in TRANSLATED if word in words]
    assert said == []
    titles = {title(kind, phase) for kind in Kind for phase in range(2, 9)} | {p.activity.name for p in activities()}
    assert not any(re.search(r"\b(the|of|and)\b", name) for name in titles)


def english_texts() -> dict[str, str]:
    files = sorted((messages_words.LOCALES / "en").glob("*.ftl"))
    lines = (line for path in files for line in path.read_text(encoding="utf-8").splitlines() if " = " in line)
    return {name: words.lower() for name, words in (line.split(" = ", 1) for line in lines)}
