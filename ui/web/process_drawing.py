"""The drawing of the process as a file that a browser fetches once: its address changes when the drawing does."""

from functools import cache
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from core.exports.bpmn import file

FOR_EVER = "public, max-age=31536000, immutable"


@cache
def address() -> str:
    """Where it is, from the root of the app."""
    return f"process/{sha256(file.file()).hexdigest()[:16]}.bpmn"


def answer(request: Request) -> Response:
    """The drawing, at its own address only; it tells of the process and of no case, so anybody may have it."""
    if f"process/{request.path_params['name']}" != address():
        return Response(status_code=404)
    return Response(file.file(), media_type="application/xml", headers={"Cache-Control": FOR_EVER})
