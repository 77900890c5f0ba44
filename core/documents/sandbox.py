"""Comparing untrusted files in a separate process with limited time and memory."""

import subprocess
import sys
from contextlib import suppress
from threading import BoundedSemaphore

import msgspec

from core.documents.diff import Comparison, compare
from core.paths import ROOT

SECONDS = 15
MEMORY = 1_500_000_000  # bytes of address space
AT_A_TIME = BoundedSemaphore(2)
_decoder = msgspec.json.Decoder(Comparison)


def compare_confined(older: bytes, newer: bytes, seconds: float = SECONDS) -> Comparison:
    """`core.documents.diff.compare` with limits; `unreadable` and `too_long` beyond `seconds` or MEMORY."""
    if older == newer:
        return Comparison("identical")
    with AT_A_TIME:
        try:
            completed = subprocess.run(  # noqa: S603  (arguments are our own module and a number)
                [sys.executable, "-B", "-m", "core.documents.sandbox", str(len(older))],
                cwd=ROOT,
                env={},  # it needs none of our settings
                input=older + newer,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=True,
            )
            return _decoder.decode(completed.stdout)
        except (subprocess.SubprocessError, OSError, msgspec.MsgspecError):
            return Comparison("unreadable", older="too_long", newer="too_long")


def _confine() -> None:
    """Limit this process's memory and CPU time and forbid writing files; it cannot undo these limits."""
    import resource  # noqa: PLC0415  (not on every system; without it only the time is limited)

    limits = {resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_FSIZE: 0}
    for resource_id, limit in limits.items():
        resource.setrlimit(resource_id, (limit, limit))


def _main() -> None:
    with suppress(ImportError, ValueError, OSError):
        _confine()
    content = sys.stdin.buffer.read()
    split = int(sys.argv[1])
    sys.stdout.buffer.write(msgspec.json.encode(compare(content[:split], content[split:])))


if __name__ == "__main__":
    _main()
