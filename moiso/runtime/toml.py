"""TOML into typed structs, with every error at once: where it is, what is wrong, what would be right."""

import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import FieldInfo, fields

T = TypeVar("T", bound=Struct)


class ConfigError(ValueError):
    """A file that cannot be used; `errors` has one sentence for each thing that is wrong."""

    def __init__(self, path: Path, errors: list[str]) -> None:
        self.path, self.errors = path, errors
        super().__init__(f"{path}:\n" + "\n".join(f"  - {error}" for error in errors))


def read(path: Path, kind: type[Struct]) -> tuple[dict[str, Any], list[str]]:
    """The tables of a file that are right, by the names of `kind`'s fields, and every error in the others.

    A table that is left out has its default; without errors, `kind(**tables)` is the file.
    Raises ConfigError when it cannot be read at all.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(path, [f"cannot be read: {error.strerror}"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(path, [f"is no TOML: {error}"]) from None
    errors: list[str] = []
    return _fields(table, kind, "", errors), errors


def _fields(table: dict[str, Any], kind: type[Struct], where: str, errors: list[str]) -> dict[str, Any]:
    """The fields that are right."""
    known = {info.encode_name: info for info in fields(kind)}
    errors += [_unknown(key, list(known), where) for key in table if key not in known]
    right = {}
    for name, info in known.items():
        before = len(errors)
        value = _value(table[name], info.type, _join(where, name), errors) if name in table else _default(info)
        if value is NODEFAULT:
            errors.append(f"{_join(where, name)}: is missing")
        if len(errors) == before:
            right[info.name] = value
    return right


def _struct(table: dict[str, Any], kind: type[T], where: str, errors: list[str]) -> T | None:
    before = len(errors)
    values = _fields(table, kind, where, errors)
    return kind(**values) if len(errors) == before else None


def _value(raw: Any, kind: Any, where: str, errors: list[str]) -> Any:
    listed, inner = _entry_type(kind), _struct_type(kind)
    if listed is not None and isinstance(raw, list):
        return tuple(_value(entry, listed, f"{where}[{n}]", errors) for n, entry in enumerate(raw, 1))
    if inner is not None and listed is None and isinstance(raw, dict):
        return _struct(raw, inner, where, errors)
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        errors.append(f"{where}: {_explained(error, kind)}, found {raw!r}")
        return None


def _entry_type(kind: Any) -> Any:
    """`X` of `tuple[X, ...]` or `tuple[X, ...] | None`, else None."""
    return next((get_args(c)[0] for c in (kind, *get_args(kind)) if get_origin(c) is tuple), None)


def _struct_type(kind: Any) -> type[Struct] | None:
    """The struct of `S` or `S | None`, else None."""
    return next((c for c in (kind, *get_args(kind)) if isinstance(c, type) and issubclass(c, Struct)), None)


def _default(info: FieldInfo) -> Any:
    """A field's default, or NODEFAULT."""
    return info.default if info.default_factory is NODEFAULT else info.default_factory()


def _explained(error: msgspec.ValidationError, kind: Any) -> str:
    """What is wrong in words: what a pattern means, what may be chosen."""
    sentence = str(error).partition(" - at ")[0]
    parts = list(_parts(kind))
    for meta in parts:
        if isinstance(meta, Meta) and meta.description:
            sentence = sentence.replace(f"`str` matching regex {meta.pattern!r}", meta.description)
    if sentence.startswith("Invalid enum"):
        sentence += f", known here: {', '.join(str(part) for part in parts if isinstance(part, str | int))}"
    return sentence


def _parts(kind: Any) -> Iterator[Any]:
    """A type and all it is made of."""
    yield kind
    for part in get_args(kind):
        yield from _parts(part)


def _unknown(key: str, known: list[str], where: str) -> str:
    close = get_close_matches(key, known, n=1)
    advice = f"did you mean {close[0]!r}?" if close else f"known here: {', '.join(known)}"
    return f"{_join(where, key)}: is not known; {advice}"


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
