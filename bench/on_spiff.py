"""The same process as BPMN on SpiffWorkflow, with its serialised state stored durably after each decision.

As cheap as possible: sequential instead of parallel reviews, and no events, work items or
authorisation; per act the state is read, restored, advanced by one user task, serialised and stored.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite3
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from bench.course import Act, Course

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


class OnSpiff:
    """A database of serialised workflows."""

    def __init__(self, folder: Path) -> None:
        parser = BpmnParser()
        parser.add_bpmn_io(BytesIO(bpmn().encode()))
        self._spec = parser.get_spec("approvals")
        self._serializer = BpmnWorkflowSerializer()
        self._database = sqlite3.connect(folder / "spiff.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("CREATE TABLE cases (id INTEGER PRIMARY KEY, version INTEGER, state TEXT)")

    def run(self, course: Course) -> Iterator[Act]:
        """Carry out a course; yields after the commit of each act."""
        workflow = BpmnWorkflow(self._spec)
        workflow.get_next_task(state=TaskState.READY).data["needed"] = 4 if course.flow == "estandar" else 1
        workflow.do_engine_steps()
        self._store("INSERT INTO cases (state, version, id) VALUES (?, ?, ?)", workflow, course.number, 1)
        yield course.acts[0]
        for seen, act in enumerate(course.acts[1:], start=1):
            self._decide(course.number, seen, act)
            yield act

    def _decide(self, case: int, seen: int, act: Act) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        (state,) = self._database.execute("SELECT state FROM cases WHERE id = ?", (case,)).fetchone()
        workflow = self._serializer.deserialize_json(state)
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        if not task.task_spec.name.startswith(act.verb):
            raise RuntimeError(f"{task.task_spec.name} is open, not {act.verb}")
        approvals = task.data.get("approvals", 0) + 1 if act.verdict == "approve" else 0
        task.data.update(verdict=act.verdict, approvals=approvals)
        task.run()
        workflow.do_engine_steps()
        self._database.execute(
            "UPDATE cases SET state = ?, version = ? WHERE id = ?",
            (self._serializer.serialize_json(workflow), seen + 1, case),
        )
        self._database.execute("COMMIT")

    def _store(self, statement: str, workflow: Any, case: int, version: int) -> None:
        self._database.execute(statement, (self._serializer.serialize_json(workflow), version, case))


def bpmn() -> str:
    """Nine phases: validate, attach, send, then reviews in a loop until enough approve or one returns."""
    return (
        f'<definitions xmlns="{BPMN}" targetNamespace="bench"><process id="approvals" isExecutable="true">'
        f'<startEvent id="start"/><endEvent id="closed"/><endEvent id="rejected"/>{"".join(_elements())}'
        "</process></definitions>"
    )


def _elements() -> Iterator[str]:
    yield _flow("start", "validate_1")
    for k in range(1, 10):
        works_on = "send_1" if k == 1 else "close_9" if k == 9 else f"attach_{k}"
        yield _task(f"validate_{k}", f"valid_{k}")
        yield _gateway(f"valid_{k}", works_on, {"rejected": "verdict == 'no'"})
        if 1 < k < 9:
            yield _task(f"attach_{k}", f"send_{k}") + _task(f"send_{k}", f"review_{k}")
            yield _task(f"review_{k}", f"reviewed_{k}")
            others = {
                f"attach_{k}": "verdict == 'return'",
                f"review_{k}": "verdict == 'approve' and approvals < needed",
            }
            yield _gateway(f"reviewed_{k}", f"validate_{k + 1}", others)
    yield _task("send_1", "validate_2") + _task("close_9", "close_lane") + _task("close_lane", "closed")


def _task(name: str, following: str) -> str:
    return f'<userTask id="{name}"/>{_flow(name, following)}'


def _gateway(name: str, default: str, others: dict[str, str]) -> str:
    flows = "".join(_flow(name, target, condition) for target, condition in others.items())
    return f'<exclusiveGateway id="{name}" default="{name}_to_{default}"/>{_flow(name, default)}{flows}'


def _flow(source: str, target: str, condition: str = "") -> str:
    tag = f'<sequenceFlow id="{source}_to_{target}" sourceRef="{source}" targetRef="{target}"'
    if not condition:
        return f"{tag}/>"
    escaped = condition.replace("<", "&lt;")
    return f"{tag}><conditionExpression>{escaped}</conditionExpression></sequenceFlow>"
