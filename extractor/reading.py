"""Reading: bytes of a file or of standard input become text, in the encoding that they are in."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CANDIDATES = ["utf_8", "gb18030", "utf_16", "utf_16_le", "utf_16_be", "big5"]


class NotTextError(ValueError):
    """The bytes are no text in any encoding that zhfacts reads."""


def decode(data: bytes, encoding: str | None = None) -> str:
    """``data`` as text: by ``encoding`` if given, else by its byte-order mark, as UTF-8, or as detected.

    Raises:
        NotTextError: the bytes are not text, or not in ``encoding``.
    """
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise NotTextError(f"not {encoding} text (byte {error.start})") from error
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _by_mark(data, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(data)
    if "\0" in text:
        return _detected(data)
    return text


def _by_mark(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise NotTextError(f"not text: begins like {name} but is not (byte {error.start})") from error


def _detected(data: bytes) -> str:
    best = from_bytes(data, cp_isolation=_CANDIDATES).best()
    if best is None:
        raise NotTextError("not text in UTF-8, GB18030 or UTF-16; name its encoding with --encoding")
    text = str(best)
    if "\0" in text:
        raise NotTextError("not text: it holds null characters")
    return text
