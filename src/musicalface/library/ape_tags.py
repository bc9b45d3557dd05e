"""APEv2 tags at the end of an audio file, which tinytag does not read."""

import struct
from io import FileIO
from os import SEEK_END

_MARK, _FOOTER_SIZE, _ID3V1_SIZE = b"APETAGEX", 32, 128
_MAX_BYTES, _MAX_ITEMS = 4_000_000, 200
_IS_BINARY = 0b010


def read_ape_tags(file: FileIO) -> dict[str, str]:
    """Returns the text items of an APEv2 tag by lower-case name; empty without a valid tag.

    Reads at most 4 MB. Raises OSError.
    """
    size = file.seek(0, SEEK_END)
    for behind in (0, _ID3V1_SIZE):
        start = size - _FOOTER_SIZE - behind
        if start >= 0 and (items := _items_before(file, start)):
            return items
    return {}


def _items_before(file: FileIO, at: int) -> dict[str, str]:
    file.seek(at)
    footer = file.read(_FOOTER_SIZE)
    if len(footer) < _FOOTER_SIZE or not footer.startswith(_MARK):
        return {}
    _, length, count = struct.unpack_from("<III", footer, len(_MARK))
    start = at + _FOOTER_SIZE - length
    if not _FOOTER_SIZE <= length <= _MAX_BYTES or start < 0:
        return {}
    file.seek(start)
    return _parse(file.read(length - _FOOTER_SIZE), min(count, _MAX_ITEMS))


def _parse(content: bytes, count: int) -> dict[str, str]:
    items: dict[str, str] = {}
    at = 0
    for _ in range(count):
        end_of_name = content.find(b"\0", at + 8)
        if end_of_name < 0:
            break
        length, flags = struct.unpack_from("<II", content, at)
        at = end_of_name + 1 + length
        if not flags & _IS_BINARY:
            name = content[end_of_name - min(end_of_name, 255) : end_of_name].rpartition(b"\0")[2]
            text = content[end_of_name + 1 : at].decode("utf-8", "replace")
            items[name.decode("latin-1").lower()] = text.replace("\0", "\n")
    return items
