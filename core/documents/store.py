"""The file store: files are stored durably under the SHA-256 of their content before any event refers to them."""

import hashlib
import os
import re
import tempfile
import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from core.errors import Altered, Invalid, NotFound, Problem

MAX_SIZE = 20_000_000
MAX_NAME = 120
OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{OFFICE}wordprocessingml.document",
    ".xlsx": f"{OFFICE}spreadsheetml.sheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
_SIGNATURES = {b"%PDF-": ".pdf", b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
_ARCHIVE = b"PK\x03\x04"  # only at the start: executables may carry an appended archive
_PARTS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}


@dataclass(frozen=True)
class File:
    """A stored file; `size` in bytes, `name` safe to show and download."""

    sha256: str
    name: str
    media_type: str
    size: int


class Store:
    """A folder of files, each named by the SHA-256 of its content."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes, name: str) -> File:
        """Check and store a file, flushed to disk on return; raises Invalid at `file` when it is not acceptable."""
        file = examine(content, name)
        self.keep(file, content)
        return file

    def keep(self, file: File, content: bytes) -> None:
        """Store content that `examine` has accepted; a stored file that was altered is replaced."""
        path = self._path(file.sha256)
        try:
            self.verified(file.sha256)
        except (NotFound, Altered):
            if not path.parent.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                _flush(self.root)
            _write_durably(path, content)

    def get(self, sha256: str) -> bytes:
        """Read the content; raises NotFound when it is missing, Altered when it does not match its hash."""
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError as cause:
            raise NotFound("file_unknown") from cause
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Altered("file_altered")
        return content

    def verified(self, sha256: str) -> Path:
        """The path of the content after checking its hash in constant memory; raises as `get`."""
        path = self._path(sha256)
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError as cause:
            raise NotFound("file_unknown") from cause
        if digest != sha256:
            raise Altered("file_altered")
        return path

    def _path(self, sha256: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise NotFound("file_unknown")
        return self.root / sha256[:2] / sha256


def examine(content: bytes, name: str) -> File:
    """Determine a file's type from its content; raises Invalid at `file` when it is not acceptable."""
    ending = _kind(content)
    sha256 = hashlib.sha256(content).hexdigest()
    return File(sha256, safe_name(name, ending), MEDIA_TYPES[ending], len(content))


def safe_name(name: str, ending: str) -> str:
    """Remove folders and control characters from a name and give it the file extension of its content."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", maxsplit=1)[-1])
    plain = "".join(c for c in plain if unicodedata.category(c)[0] != "C").strip()
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", plain).strip(". ") or "documento"
    return f"{stem[: MAX_NAME - len(ending)]}{ending}"


def _kind(content: bytes) -> str:
    """The file extension that matches the content."""
    if not content:
        raise Invalid({"file": Problem("file_empty")})
    if len(content) > MAX_SIZE:
        raise Invalid({"file": Problem("file_too_large", {"size": len(content), "limit": MAX_SIZE})})
    for signature, ending in _SIGNATURES.items():
        if content.startswith(signature):
            return ending
    for part in _parts(content):
        if part in _PARTS:
            return _PARTS[part]
    raise Invalid({"file": Problem("file_type", {"types": sorted(k.strip(".").upper() for k in MEDIA_TYPES)})})


def _parts(content: bytes) -> list[str]:
    """The names in a zip archive; none when it is damaged or no archive."""
    if not content.startswith(_ARCHIVE):
        return []
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return []


def _write_durably(path: Path, content: bytes) -> None:
    """Write to a temporary file, flush it, rename it into place, and flush the folder."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            Path(file.name).unlink()
            raise
    Path(file.name).replace(path)
    _flush(path.parent)


def _flush(folder: Path) -> None:
    """Flush the entries of a folder to disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
