"""Text as it is searched: small plain letters and digits, whatever keyboard it was typed on. Pure."""

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[a-z0-9]+")
#: ký and kí, tỷ and tỉ are one word each; giấy and giải are two.
_FINAL_Y = re.compile(r"(?<=[hklmst])y\b")


def folded(text: str) -> str:
    """`Đăng ký khai sinh` -> `dang ki khai sinh`: words without marks and signs, one space between them."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return _FINAL_Y.sub("i", " ".join(_WORD.findall(_MARKS.sub("", letters))))


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return folded(text).split()
