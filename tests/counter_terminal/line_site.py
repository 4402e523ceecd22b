"""A small site.toml, and one whose counters have their keypads, and signs, on one serial line."""

from collections.abc import Iterable
from pathlib import Path

SITE = """\
[site]
id = "test-site"
name = "Trung tâm thử"

[[service]]
code = "A"
name = "Chứng thực"

[[kiosk]]
device = "kiosk-1"
"""
_LINE = '\n[[line]]\nname = "quay"\nport = "{port}"\n'
_COUNTER = '\n[[counter]]\nnumber = {n}\nservices = ["A"]\n'
_KEYPAD = 'keypad = {{ line = "quay", address = {n} }}\n'
_SIGN = 'sign = {{ line = "quay", address = 1{n} }}\n'


def pin_site(folder: Path, counters: Iterable[int]) -> Path:
    """The file of a site whose counters have buttons on pins."""
    return _written(folder, SITE + "".join(_COUNTER.format(n=n) for n in counters))


def line_site(folder: Path, port: str | Path, counters: Iterable[int], *, signs: bool = True) -> Path:
    """The file of a site with keypad n at address n of the line `quay`, and sign n at 10 + n."""
    counter = _COUNTER + _KEYPAD + (_SIGN if signs else "")
    return _written(folder, SITE + _LINE.format(port=port) + "".join(counter.format(n=n) for n in counters))


def _written(folder: Path, text: str) -> Path:
    path = folder / "site.toml"
    path.write_text(text, encoding="utf-8")
    return path
