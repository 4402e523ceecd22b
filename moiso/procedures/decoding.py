"""Bytes of a list into text: which encoding it is in, or which damage its letters have. Pure."""

import codecs
import re
import unicodedata

#: Byte order marks, the longest first.
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
#: What Vietnamese in UTF-8 looks like when it was once read as Windows-1252 and stored so.
_TWICE = re.compile("á»|áº|Ä\u2018|Æ°|Ã¢|Ãª|Ã´|Ã©|Ã¡")
#: What the fonts of old Vietnamese typewriters (.VnTime) put in the places of ă, â, đ, ê, ô, ơ, ư and their tones.
_TCVN3 = re.compile("[§¨©ª«¬®µ¶·¸¹](?=[a-z])|(?<=[a-z])[ª«¬µ¶·¸¹]")
#: What a program writes for a letter that it could not read.
LOST = "\ufffd"
_SAVE = 'open it in the program it comes from and save it as "CSV UTF-8"'


class BadText(Exception):  # noqa: N818  it says what the text is
    """The bytes are no readable Vietnamese; str() says what they look like and what to do."""


def decoded(raw: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8, UTF-16 or Windows-1258. Raises BadText."""
    text, encoding = _text(raw)
    if LOST in text:
        raise BadText(f"letters were lost before it was saved (line {_line(text, LOST)} has {LOST}): {_SAVE}")
    if twice := _TWICE.search(text):
        raise BadText(
            f"its letters are broken: it was UTF-8, was read as Windows-1252 and saved so"
            f" (line {_line(text, twice[0])} has {twice[0]!r}); fetch the list again, {_SAVE}"
        )
    return unicodedata.normalize("NFC", text), encoding


def _text(raw: bytes) -> tuple[str, str]:
    for mark, codec, name in _MARKED:
        if raw.startswith(mark):
            return _strictly(raw, codec, name), name
    if b"\x00" in raw[:200]:
        codec = "utf-16-le" if raw[1:2] == b"\x00" else "utf-16-be"
        return _strictly(raw, codec, "UTF-16"), "UTF-16"
    try:
        return raw.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        return _old(raw, error), "Windows-1258"


def _strictly(raw: bytes, codec: str, name: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        raise BadText(f"it begins as {name}, but byte {error.start + 1} is none: {_SAVE}") from None


def _old(raw: bytes, not_utf8: UnicodeDecodeError) -> str:
    """Windows-1258, unless the bytes are something else."""
    line = raw.count(b"\n", 0, not_utf8.start) + 1
    text = raw.decode("cp1258", errors="replace")
    if _TWICE.search(text):
        raise BadText(f"it is UTF-8 with a damaged byte in line {line}: fetch the list again")
    if LOST in text or len(_TCVN3.findall(text)) > 1:
        raise BadText(f"it is not UTF-8 (line {line}) and looks like TCVN3, the encoding of .VnTime fonts: {_SAVE}")
    return text


def _line(text: str, what: str) -> int:
    return text.count("\n", 0, text.index(what)) + 1
