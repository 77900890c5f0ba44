"""Comparing files that nobody vouches for, in a process of its own: it may use so much time and memory, and no more."""

import subprocess
import sys
from contextlib import suppress
from threading import BoundedSemaphore

import msgspec

from core.documents.diff import Comparison, compare
from core.paths import ROOT

SECONDS = 15
MEMORY = 1_500_000_000  # bytes of addresses
AT_A_TIME = BoundedSemaphore(2)
_decoder = msgspec.json.Decoder(Comparison)


def compare_confined(older: bytes, newer: bytes, seconds: float = SECONDS) -> Comparison:
    """As `core.documents.diff.compare`; `unreadable`, `too_long` when the time, or the memory, did not suffice."""
    if older == newer:
        return Comparison("identical")
    with AT_A_TIME:
        try:
            done = subprocess.run(  # noqa: S603  (our own module, and a number)
                [sys.executable, "-B", "-m", "core.documents.sandbox", str(len(older))],
                cwd=ROOT,
                env={},  # it needs to know nothing of ours
                input=older + newer,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=True,
            )
            return _decoder.decode(done.stdout)
        except (subprocess.SubprocessError, OSError, msgspec.MsgspecError):
            return Comparison("unreadable", older="too_long", newer="too_long")


def _confine() -> None:
    """Limits that this process cannot lift again: memory, computing time, and no file may be written."""
    import resource  # noqa: PLC0415  (not on every system; without it the time alone is limited)

    limits = {resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_FSIZE: 0}
    for which, most in limits.items():
        resource.setrlimit(which, (most, most))


def _main() -> None:
    with suppress(ImportError, ValueError, OSError):
        _confine()
    content = sys.stdin.buffer.read()
    split = int(sys.argv[1])
    sys.stdout.buffer.write(msgspec.json.encode(compare(content[:split], content[split:])))


if __name__ == "__main__":
    _main()
