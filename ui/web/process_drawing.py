"""The process drawing as a file that browsers cache; its address changes with its content."""

from functools import cache
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from core.exports.bpmn import file

FOR_EVER = "public, max-age=31536000, immutable"


@cache
def address() -> str:
    """The path of the drawing from the app's root."""
    return f"process/{sha256(file.file()).hexdigest()[:16]}.bpmn"


def answer(request: Request) -> Response:
    """Serve the drawing at its current address; it is public because it holds no case data."""
    if f"process/{request.path_params['name']}" != address():
        return Response(status_code=404)
    return Response(file.file(), media_type="application/xml", headers={"Cache-Control": FOR_EVER})
