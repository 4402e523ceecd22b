"""What people read and hear: one catalogue, a file a language, Vietnamese first.

More languages are a file: copy en.toml, translate, done.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from moiso.wire.messages import Words

LANGUAGES = ("vi", "en")


class Catalogue:
    """The texts of one language: `text("wall.waiting", n=3)` is key `waiting` of table `[wall]`."""

    def __init__(self, language: str) -> None:
        source = files("moiso.texts").joinpath(f"{language}.toml")
        self._tables: dict[str, dict[str, str]] = tomllib.loads(source.read_text(encoding="utf-8"))

    def text(self, key: str, **params: Any) -> str:
        """The text with its `{name}` places filled.

        Raises KeyError for an unknown key or a place without a value: a test finds it, not a citizen.
        """
        return self.raw(key).format_map(params)

    def raw(self, key: str) -> str:
        """The text as it stands in the file, its places open."""
        table, _, name = key.partition(".")
        return self._tables[table][name]

    def table(self, name: str) -> dict[str, str]:
        """A whole table, its places open; empty when the language does not have it."""
        return self._tables.get(name, {})

    def keys(self) -> set[str]:
        """Every key, as `table.name`."""
        return {f"{table}.{name}" for table, texts in self._tables.items() for name in texts}


@cache
def catalogue(language: str = "vi") -> Catalogue:
    """The catalogue of a language, read once."""
    return Catalogue(language)


def languages(table: str) -> tuple[str, ...]:
    """Every language whose file has this table: Vietnamese and English, then what was added."""
    there = sorted(file.name.removesuffix(".toml") for file in files("moiso.texts").iterdir() if ".toml" in file.name)
    added = [name for name in there if name not in LANGUAGES]
    return tuple(name for name in (*LANGUAGES, *added) if catalogue(name).table(table))


def both(key: str, **params: Any) -> Words:
    """The text in Vietnamese and in English; a place may be filled with Words, then each language takes its own."""
    vi, en = (catalogue(language).text(key, **_spoken(params, language)) for language in LANGUAGES)
    return Words(vi=vi, en=en)


def _spoken(params: dict[str, Any], language: str) -> dict[str, Any]:
    return {name: getattr(value, language) if isinstance(value, Words) else value for name, value in params.items()}
