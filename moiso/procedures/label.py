"""Official names in few words: some have 900 letters, a button has room for two lines. Pure."""

import re

#: Letters of a label at most, and after how many it may end where the conditions begin.
LABEL, ENOUGH = 90, 12

_OPENING = re.compile(r"^thủ tục\s+(?:hành chính\s+)?(?:về\s+)?(?:việc\s+)?", re.IGNORECASE)
#: Where the heart of a long name ends and its conditions begin.
_CONDITIONS = re.compile(
    r"\s*\(|;|\s+(?:theo quy định|đối với|trong trường hợp|do cơ quan|thực hiện tại)\s|[.:]\s", re.IGNORECASE
)


def shortened(name: str) -> str:
    """A name of at most LABEL letters; a longer one ends at its conditions, else at a word, with an ellipsis."""
    words = _OPENING.sub("", " ".join(name.split())).rstrip(" .;,")
    words = words[:1].upper() + words[1:]
    if len(words) <= LABEL:
        return words
    heart = _CONDITIONS.search(words, ENOUGH)
    if heart and heart.start() < LABEL:
        return f"{words[: heart.start()].rstrip(' ,;')} …"
    return f"{words[: LABEL - 2].rsplit(' ', 1)[0].rstrip(' ,;')} …"
