"""The rows of documents, environments, channels and status links."""

from collections.abc import Iterator

from core.case import events as happened
from core.process.terms import Kind
from core.store import tables
from core.store.projected.phase_visits import gate_changes
from core.store.projected.work_items import item_ends
from core.store.projected.write import Step, Write


def document_attached(step: Step, body: happened.DocumentAttached) -> Iterator[Write]:
    values = {
        "sha256": body.sha256,
        "name": body.name,
        "media_type": body.media_type,
        "size": body.size,
        "attached_at": step.event.at,
        "attached_by": step.event.person,
        "attached_for": step.event.for_person,
        "sent_at": None,
        "sent_by": None,
        "sent_for": None,
    }
    key = {"case_id": step.case_id, "document": body.document, "version": body.version}
    yield Write(tables.documents, key, values, new=True)
    yield Write(tables.work_items, {"case_id": step.case_id, "item": body.item}, {"version": step.event.seq})


def document_sent(step: Step, body: happened.DocumentSent) -> Iterator[Write]:
    yield from item_ends(step, body.item, "send")
    if body.version is not None:
        key = {"case_id": step.case_id, "document": body.document, "version": body.version}
        sent = {"sent_at": step.event.at, "sent_by": step.event.person, "sent_for": step.event.for_person}
        yield Write(tables.documents, key, sent)


def environment_registered(step: Step, body: happened.EnvironmentRegistered) -> Iterator[Write]:
    gate = any(item.work is Kind.VALIDATE for item in step.before.items)
    if gate and body.environment is step.before.definition.needs:
        yield from gate_changes(step, gate=True)


def channel_handed(step: Step, body: happened.ChannelHanded) -> Iterator[Write]:  # noqa: ARG001
    values = {"at": step.event.at, "channel": step.before.channel}
    yield Write(tables.hand_overs, {"case_id": step.case_id, "seq": step.event.seq}, values, new=True)


def link_made(step: Step, body: happened.LinkMade) -> Iterator[Write]:
    values = {
        "token_hash": body.token_hash,
        "made_at": step.event.at,
        "made_by": step.event.person,
        "expires_at": body.expires_at,
        "withdrawn_at": None,
        "withdrawn_by": None,
    }
    yield Write(tables.status_links, {"case_id": step.case_id, "link": body.link}, values, new=True)


def link_withdrawn(step: Step, body: happened.LinkWithdrawn) -> Iterator[Write]:
    values = {"withdrawn_at": step.event.at, "withdrawn_by": step.event.person}
    yield Write(tables.status_links, {"case_id": step.case_id, "link": body.link}, values)
