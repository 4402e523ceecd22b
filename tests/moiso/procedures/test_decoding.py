"""The letters of a list are read right, or it is said what happened to them."""

import unicodedata

import pytest

from moiso.procedures.decoding import BadText, decoded

#: Grave, acute, tilde, hook and dot.
TONES = "\u0300\u0301\u0303\u0309\u0323"
LIST = "Mã thủ tục,Tên thủ tục\n1.001193,Thủ tục đăng ký khai sinh\n1.000894,Đăng ký kết hôn ưỡn ẹo\n"


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_unicode_is_recognised(codec, named):
    assert decoded(LIST.encode(codec)) == (LIST, named)


def in_windows_1258(text):
    """On this code page a tone is a byte of its own behind its vowel."""
    parts = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        vowel = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
        parts += [vowel, *(mark for mark in marks if mark in TONES)]
    return "".join(parts).encode("cp1258")


def test_windows_1258_is_recognised_and_its_tones_join_their_letters():
    assert decoded(in_windows_1258(LIST)) == (LIST, "Windows-1258")


def test_bare_utf_16_without_a_mark_is_no_windows_text():
    assert decoded("Mã,Tên\n".encode("utf-16-le"))[1] == "UTF-16"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (LIST.encode("utf-8").decode("cp1252", "ignore").encode("utf-8"), "was read as Windows-1252"),
        (LIST.replace("ủ", "\ufffd").encode("utf-8"), "line 1 has \ufffd"),
        (LIST.encode("utf-8").replace("ế".encode(), b"\xe1\xba"), "damaged byte in line 3"),
        (b"M\xb7 th\xf1 t\xf4c,T\xaan th\xf1 t\xf4c\n1.001193,\xa7\xa8ng k\xfd khai sinh\n", "TCVN3"),
        (b"\xef\xbb\xbfM\xe3", "begins as UTF-8"),
        (b"\xff\xfe\x00\xd8", "begins as UTF-16"),
    ],
)
def test_spoilt_letters_are_named_with_what_to_do(raw, words):
    with pytest.raises(BadText, match=words):
        decoded(raw)
