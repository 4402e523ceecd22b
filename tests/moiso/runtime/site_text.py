"""A small site.toml that is right, for tests to add their mistakes to."""

from pathlib import Path

import pytest

from moiso.runtime.site import Site, load
from moiso.runtime.toml import ConfigError

GOOD = """\
[site]
id = "an-binh"
name = "Trung tâm An Bình"

[[service]]
code = "A"
name = "Chứng thực"

[[counter]]
number = 1
services = ["A"]
"""

TWO = """\
[site]
id = "an-binh"
name = "Trung tâm An Bình"

[[service]]
code = "A"
name = "Chứng thực"

[[service]]
code = "C"
name = "Đất đai"

[[counter]]
number = 1
services = ["A", "C"]

[[counter]]
number = 2
services = ["A", "C"]
"""


def site(folder: Path, text: str) -> Site:
    """The site that a text describes."""
    path = folder / "site.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def errors(folder: Path, text: str) -> list[str]:
    """What `load` finds wrong; all of it stands in the message."""
    with pytest.raises(ConfigError) as found:
        site(folder, text)
    assert str(found.value).startswith(f"{folder / 'site.toml'}:\n")
    assert all(error in str(found.value) for error in found.value.errors)
    return found.value.errors


def changed(old: str, new: str, text: str = GOOD) -> str:
    """The text with one thing in it replaced."""
    assert text.count(old) == 1
    return text.replace(old, new)
