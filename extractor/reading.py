"""Reading: bytes of a file or of standard input become text, in the encoding that they are in."""

from __future__ import annotations

import codecs

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CANDIDATES = ["utf_8", "gb18030", "utf_16", "utf_16_le", "utf_16_be", "big5"]
_MOST_NULLS = 0.01  # UTF-8 with a stray null character is text; UTF-16 read as UTF-8, or a tar archive, has many


class NotTextError(ValueError):
    """The bytes are no text in any encoding that zhfacts reads."""


def is_encoding(name: str) -> bool:
    """Whether text can be read in the encoding ``name``: ``rot13`` and ``zlib`` are codecs, but no encodings."""
    try:
        "a".encode(name)
    except (LookupError, ValueError):
        return False
    return True


def decode(data: bytes, encoding: str | None = None) -> str:
    """``data`` as text: by ``encoding`` if given, else by its byte-order mark, as UTF-8, or as detected.

    Raises:
        NotTextError: the bytes are not text, or not in ``encoding``.
    """
    if encoding:
        return _decoded(data, encoding, f"not {encoding} text").removeprefix("\ufeff")
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, name, f"not text: begins like {name} but is not")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(data)
    return text if text.count("\0") <= _MOST_NULLS * len(text) else _detected(data)


def _decoded(data: bytes, encoding: str, complaint: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(f"{complaint} (byte {error.start})") from error
    except UnicodeError as error:
        raise NotTextError(complaint) from error


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes  # only what is not UTF-8 needs it

    best = from_bytes(data, cp_isolation=_CANDIDATES).best()
    if best is None:
        raise NotTextError("not text in UTF-8, GB18030 or UTF-16; name its encoding with --encoding")
    text = str(best)
    if "\0" in text:
        raise NotTextError("not text: it holds null characters")
    return text
