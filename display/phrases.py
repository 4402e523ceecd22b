"""What the wall says: numbers, tickets and sentences as rows of clip names. Pure.

A sentence is a tuple of clip names with two marks between them, `PAUSE` and `STOP`, for the silences of a
speaker. A clip name is also the file name a person records under, less `.wav`; `docs/voice.md` lists them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

CHIME = "chuong"
PAUSE = ","
STOP = "."

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")

NUMBER_CLIPS = {f"so-{digit}": word for digit, word in enumerate(DIGITS)} | {
    "so-10": "mười",
    "so-muoi": "mươi",
    "so-mot": "mốt",
    "so-tu": "tư",
    "so-lam": "lăm",
    "so-tram": "trăm",
    "so-linh": "linh",
    "so-le": "lẻ",
    "so-nghin": "nghìn",
    "so-ngan": "ngàn",
}
"""Clip name -> the number word it says."""

LETTERS = {
    "A": "a", "B": "bê", "C": "xê", "D": "đê", "E": "e", "F": "ép-phờ", "G": "giê", "H": "hát", "I": "i",
    "J": "di", "K": "ca", "L": "e-lờ", "M": "em-mờ", "N": "en-nờ", "O": "o", "P": "pê", "Q": "quy",
    "R": "e-rờ", "S": "ét-sì", "T": "tê", "U": "u", "V": "vê", "W": "vê kép", "X": "ích-xì", "Y": "i dài",
    "Z": "dét",
}  # fmt: skip
"""Letter of a ticket's prefix -> its name as it is said."""

PHRASES = {
    "moi-so-thu-tu": "mời công dân có số thứ tự",
    "xin-nhac-lai": "xin nhắc lại",
    "den-quay-so": "đến quầy số",
    "so": "số",
    "vui-long-cho": "vui lòng chờ",
    "tap-huan": "tập huấn",
    "truoc-nghi-trua": "trước giờ nghỉ trưa dự kiến gọi đến số",
    "so-sau-giu-luot": "số sau vẫn giữ lượt buổi chiều",
    "linh-vuc": "lĩnh vực",
    "sau-nghi-trua": "phục vụ sau giờ nghỉ trưa",
    "van-giu-luot": "số thứ tự vẫn giữ lượt buổi chiều",
    "thu-loa": "đây là thông báo thử loa",
}
"""Clip name -> the words it says."""

_CLIP_OF = {word: clip for clip, word in NUMBER_CLIPS.items()} | {letter: f"chu-{letter.lower()}" for letter in LETTERS}
_WRITTEN = {clip: word for word, clip in _CLIP_OF.items()} | PHRASES


@dataclass(frozen=True)
class Reading:
    """How numbers are read at this site.

    `style` is for tickets: every digit (`digits`), as a `number`, or `hybrid` (the last two digits as a
    number, what stands before them digit by digit). Counters are always numbers. `region` chooses between linh,
    nghìn, hai mươi tư (north) and lẻ, ngàn, hai mươi bốn (south).
    """

    style: Literal["digits", "number", "hybrid"] = "digits"
    region: Literal["north", "south"] = "north"


NORTH = Reading()


def number(n: int, reading: Reading = NORTH) -> tuple[str, ...]:
    """Return the words of `n`, as a number: 105 -> một, trăm, linh, năm. ValueError unless 0 <= n <= 9999."""
    if not 0 <= n <= 9999:
        raise ValueError(f"only numbers from 0 to 9999 can be read aloud, not {n}")
    thousands, rest = divmod(n, 1000)
    if not thousands:
        return _full_hundreds(rest, reading) if rest >= 100 else _below_hundred(rest, reading)
    return (DIGITS[thousands], _choice(reading, "nghìn", "ngàn"), *(_full_hundreds(rest, reading) if rest else ()))


def digits(ticket: str) -> tuple[str, ...]:
    """Return a ticket number letter by letter and digit by digit: "A012" -> A, không, một, hai.

    Spaces and punctuation are not read. A sign that no clip says is kept as it is, to be found missing.
    """
    signs = (sign for sign in ticket.upper() if sign.isalnum())
    return tuple(DIGITS[int(sign)] if sign in "0123456789" else sign for sign in signs)


def call_sentence(ticket: str, counter: int | str, reading: Reading = NORTH) -> tuple[str, ...]:
    """Return the clips of "Mời công dân có số thứ tự A, không một hai, đến quầy số ba."

    `counter` is its number, or a label of which the numbers and single letters are read ("Quầy 3B").
    """
    place = _clips(_counter_words(counter, reading))
    where = (PAUSE, "den-quay-so", *place) if place else ()
    return ("moi-so-thu-tu", *_ticket_clips(ticket, reading), *where, STOP)


def recall_sentence(ticket: str, counter: int | str, reading: Reading = NORTH) -> tuple[str, ...]:
    """Return the clips of "Xin nhắc lại, mời công dân có số thứ tự ...", as `call_sentence`."""
    return ("xin-nhac-lai", PAUSE, *call_sentence(ticket, counter, reading))


def wait_sentence(ticket: str, reading: Reading = NORTH) -> tuple[str, ...]:
    """Return the clips of "Số A, không một hai, vui lòng chờ"."""
    return ("so", *_ticket_clips(ticket, reading), PAUSE, "vui-long-cho", STOP)


def before_lunch_sentence(tickets: Iterable[str], reading: Reading = NORTH) -> tuple[str, ...]:
    """Return the clips of "Trước giờ nghỉ trưa dự kiến gọi đến số A, không bốn năm, B, không một hai ..."."""
    named = (clip for ticket in tickets for clip in (*_ticket_clips(ticket, reading), PAUSE))
    return ("truoc-nghi-trua", *tuple(named)[:-1], STOP, "so-sau-giu-luot", STOP)


def after_lunch_sentence(services: Iterable[str]) -> tuple[str, ...]:
    """Return the clips of "Lĩnh vực B, C, phục vụ sau giờ nghỉ trưa. ..."."""
    named = (clip for service in services for clip in (*_clips(digits(service)), PAUSE))
    return ("linh-vuc", *named, "sau-nghi-trua", STOP, "van-giu-luot", STOP)


def training_sentence(sentence: tuple[str, ...]) -> tuple[str, ...]:
    """Return the clips of the sentence with "Tập huấn" said before it."""
    return ("tap-huan", STOP, *sentence)


def test_sentence() -> tuple[str, ...]:
    """Return the clips of "Đây là thông báo thử loa. Một hai ba bốn năm."""
    return ("thu-loa", STOP, *_clips(DIGITS[1:6]), STOP)


def as_text(clips: Iterable[str]) -> str:
    """Return a sentence as one written string, capitals and full stops included."""
    spoken = (clip for clip in clips if clip != CHIME)
    words = (clip if clip in (PAUSE, STOP) else " " + _WRITTEN.get(clip, clip) for clip in spoken)
    return re.sub(r"(^|\. )\w", lambda start: start[0].upper(), "".join(words).strip())


def spoken_words() -> dict[str, str]:
    """Return every clip of speech -> the words a voice says for it, in the order of the documentation."""
    letters = {_CLIP_OF[letter]: name for letter, name in LETTERS.items()}
    return PHRASES | NUMBER_CLIPS | letters


def _full_hundreds(n: int, reading: Reading) -> tuple[str, ...]:
    hundreds, rest = divmod(n, 100)
    head = (DIGITS[hundreds], "trăm")
    if rest == 0:
        return head
    if rest >= 10:
        return (*head, *_below_hundred(rest, reading))
    return (*head, _choice(reading, "linh", "lẻ"), *_unit(rest, {4: _choice(reading, "tư", "bốn")}))


def _below_hundred(n: int, reading: Reading) -> tuple[str, ...]:
    tens, unit = divmod(n, 10)
    if tens == 0:
        return (DIGITS[unit],)
    if tens == 1:
        return ("mười", *_unit(unit, {5: "lăm"}))
    return (DIGITS[tens], "mươi", *_unit(unit, {1: "mốt", 4: _choice(reading, "tư", "bốn"), 5: "lăm"}))


def _unit(unit: int, changed: dict[int, str]) -> tuple[str, ...]:
    return (changed.get(unit, DIGITS[unit]),) if unit else ()


def _choice(reading: Reading, north: str, south: str) -> str:
    return north if reading.region == "north" else south


def _ticket_clips(ticket: str, reading: Reading) -> tuple[str, ...]:
    prefix, figures = _split(ticket)
    words = _clips(digits(prefix)), _clips(_figure_words(figures, reading))
    return (*words[0], PAUSE, *words[1]) if all(words) else (*words[0], *words[1])


def _split(ticket: str) -> tuple[str, str]:
    figures = re.search(r"[0-9]*$", ticket)
    start = figures.start() if figures else len(ticket)
    return ticket[:start], ticket[start:]


def _figure_words(figures: str, reading: Reading) -> tuple[str, ...]:
    if reading.style == "digits" or not 1 <= len(figures) <= 4:
        return digits(figures)
    if reading.style == "number":
        return number(int(figures), reading)
    last = figures[-2:]
    # A zero before the last digit is said, or A105 and A15 would sound the same.
    tail = digits(last) if last[0] == "0" else number(int(last), reading)
    return (*digits(figures[:-2]), *tail)


def _counter_words(counter: int | str, reading: Reading) -> tuple[str, ...]:
    parts = re.findall(r"[0-9]{1,4}|(?<![^\W\d_])[A-Za-z](?![^\W\d_])", str(counter))
    return tuple(word for part in parts for word in _part_words(part, reading))


def _part_words(part: str, reading: Reading) -> tuple[str, ...]:
    return number(int(part), reading) if part.isdigit() else (part.upper(),)


def _clips(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(_CLIP_OF.get(word, word) for word in words)
