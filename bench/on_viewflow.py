"""The same process as a Viewflow flow on Django and SQLite, without forms and HTTP.

As cheap as possible: sequential instead of parallel reviews, no signals and no history besides Viewflow's own;
each human task is authorised, assigned, started and executed in one transaction with one durable commit.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from bench.course import Act, Course


class OnViewflow:
    """Runs courses with one user per kind of work, who has the permission for it."""

    def __init__(self) -> None:
        content = ContentType.objects.create(app_label="bench", model="case")
        self._people = {}
        for work in ("intake", "review"):
            user = User.objects.create(username=work)
            user.user_permissions.add(Permission.objects.create(codename=work, name=work, content_type=content))
            self._people[work] = user.pk

    def run(self, course: Course) -> Iterator[Act]:
        """Carry out a course; yields after the commit of each act."""
        process = Approvals.start.run(needed=4 if course.flow == "estandar" else 1).pk
        yield course.acts[0]
        for act in course.acts[1:]:
            with transaction.atomic():
                self._decide(process, act)
            yield act

    def _decide(self, process: int, act: Act) -> None:
        user = User.objects.get(pk=self._people["review" if act.role else "intake"])
        task = Task.objects.select_related("process").get(process=process, status=STATUS.NEW)
        if not task.flow_task.name.startswith(act.verb):
            raise RuntimeError(f"{task.flow_task.name} is open, not {act.verb}")
        activation = task.flow_task.activation_class(task)
        if not activation.assign.has_perm(user):
            raise PermissionError(task.flow_task.name)
        activation.assign(user)
        activation.start(None)
        if act.verdict:
            _note(activation.process, act.verdict)
        activation.execute()


def _note(process: Any, verdict: str) -> None:
    process.data["verdict"] = verdict
    process.data["approvals"] = process.data.get("approvals", 0) + 1 if verdict == "approve" else 0
    process.save()


def _has_verdict(verdict: str) -> Callable[[Any], bool]:
    return lambda activation: activation.process.data["verdict"] == verdict


def _needs_more_approvals(activation: Any) -> bool:
    data = activation.process.data
    return bool(data["approvals"] < data["needed"])


def _opened(activation: Any, needed: int) -> Any:
    activation.process.data = {"needed": needed}
    return activation.process


def _human(work: str, following: str) -> Any:
    return flow.View(lambda _: None).Permission(f"bench.{work}").Next(getattr(this, following))


def _validation(k: int, works_on: str) -> dict[str, Any]:
    valid = flow.If(_has_verdict("yes")).Then(getattr(this, works_on)).Else(this.rejected)
    return {f"validate_{k}": _human("intake", f"valid_{k}"), f"valid_{k}": valid}


def _reviewed_phase(k: int) -> dict[str, Any]:
    again = flow.Switch().Case(getattr(this, f"attach_{k}"), _has_verdict("return"))
    return _validation(k, f"attach_{k}") | {
        f"attach_{k}": _human("intake", f"send_{k}"),
        f"send_{k}": _human("intake", f"review_{k}"),
        f"review_{k}": _human("review", f"reviewed_{k}"),
        f"reviewed_{k}": again.Case(getattr(this, f"review_{k}"), _needs_more_approvals).Default(
            getattr(this, f"validate_{k + 1}")
        ),
    }


def _nodes() -> Iterator[dict[str, Any]]:
    """The nine phases: validate, attach, send, review in a loop until enough approve or one returns."""
    yield {"start": flow.StartHandle(_opened).Next(this.validate_1)}
    yield _validation(1, "send_1") | {"send_1": _human("intake", "validate_2")}
    yield from (_reviewed_phase(k) for k in range(2, 9))
    yield _validation(9, "close_9") | {
        "close_9": _human("intake", "close_lane"),
        "close_lane": _human("review", "closed"),
    }
    yield {"closed": flow.End(), "rejected": flow.End()}


# Viewflow stores a flow as its module and name, and finds its nodes as attributes of the class.
_parts = {name: node for part in _nodes() for name, node in part.items()}
Approvals: Any = type("Approvals", (flow.Flow,), _parts | {"lock_impl": lock.NoLock(), "__module__": __name__})
