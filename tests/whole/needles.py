"""What could be left of a card, and where in a heap of bytes and files it is."""

import base64
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

#: Shorter fields than that stand everywhere: Nam, Nữ, 1.
SHORTEST = 6


def needles(card: str) -> set[bytes]:
    """Every field of a card, and the whole of it, in all forms in which something may have kept it."""
    fields = [field for field in card.split("|") if len(field) >= SHORTEST]
    forms = {form for text in (*fields, card) for form in _forms(text)}
    return forms | {hashlib.sha256(card.encode()).hexdigest().encode(), hashlib.md5(card.encode()).hexdigest().encode()}


def _forms(text: str) -> Iterable[bytes]:
    raw = text.encode()
    yield raw
    yield text.encode("utf-16-le")
    yield json.dumps(text)[1:-1].encode()
    yield raw.hex().encode()
    yield base64.b64encode(raw).rstrip(b"=")


def found_in(heaps: dict[str, bytes], cards: Iterable[str]) -> set[tuple[str, bytes]]:
    """Where something of these cards is, and what."""
    wanted = {needle for card in cards for needle in needles(card)}
    return {(name, needle) for name, heap in heaps.items() for needle in wanted if needle in heap}


def files_below(*folders: Path) -> dict[str, bytes]:
    """Every file below these folders, by its path: databases, logs, journals, whatever there is."""
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path): path.read_bytes() for path in files}
