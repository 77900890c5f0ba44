"""Files that pages make on the spot, in the server's store of such files: each is served as itself."""

from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from ui.web import routes  # noqa: F401  (as on the server: it has the store know a file by the whole of it)


def large(changed: bytes) -> bytes:
    """2 MB; `changed` stands where no sample of the first, middle and last 64 KiB reaches."""
    content = bytearray(b".") * 2_000_000
    content[500_000 : 500_000 + len(changed)] = changed
    return bytes(content)


def test_two_large_exports_that_differ_in_one_byte_are_kept_as_two():
    kept = MemoryMediaFileStorage("/media")
    contents = [large(b"1"), large(b"2")]
    ids = [kept.load_and_get_id(content, "text/csv", MediaFileKind.DOWNLOADABLE, "casos.csv") for content in contents]
    assert [kept.get_file(file_id).content for file_id in ids] == contents
