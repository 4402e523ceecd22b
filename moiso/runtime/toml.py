"""TOML into typed structs, with every error at once: where it is, what is wrong, what would be right."""

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo, fields

T = TypeVar("T", bound=Struct)


class ConfigError(ValueError):
    """A file that cannot be used; `errors` has one sentence for each thing that is wrong."""

    def __init__(self, path: Path, errors: list[str]) -> None:
        self.path, self.errors = path, errors
        super().__init__(f"{path}:\n" + "\n".join(f"  - {error}" for error in errors))


def read(path: Path, kind: type[T]) -> tuple[T | None, list[str]]:
    """The file as a `kind`, or None and every error found.

    Raises ConfigError when it cannot be read at all.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(path, [f"cannot be read: {error.strerror}"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(path, [f"is no TOML: {error}"]) from None
    errors: list[str] = []
    return _struct(table, kind, "", errors), errors


def _struct(table: dict[str, Any], kind: type[T], where: str, errors: list[str]) -> T | None:
    before = len(errors)
    known = {info.encode_name: info for info in fields(kind)}
    errors += [_unknown(key, list(known), where) for key in table if key not in known]
    values = {
        info.name: _value(table[name], info.type, _join(where, name), errors)
        for name, info in known.items()
        if name in table
    }
    missing = [name for name, info in known.items() if name not in table and _required(info)]
    errors += [f"{_join(where, name)}: is missing" for name in missing]
    return kind(**values) if len(errors) == before else None


def _value(raw: Any, kind: Any, where: str, errors: list[str]) -> Any:
    inner = _struct_type(kind)
    if inner is not None and isinstance(raw, dict) and get_origin(kind) is not tuple:
        return _struct(raw, inner, where, errors)
    if inner is not None and isinstance(raw, list) and all(isinstance(entry, dict) for entry in raw):
        return tuple(_struct(entry, inner, f"{where}[{n}]", errors) for n, entry in enumerate(raw, 1))
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        errors.append(f"{where}: {error}, found {raw!r}")
        return None


def _struct_type(kind: Any) -> type[Struct] | None:
    """The struct inside `S`, `S | None` or `tuple[S, ...]`."""
    candidates = (kind, *get_args(kind))
    return next((c for c in candidates if isinstance(c, type) and issubclass(c, Struct)), None)


def _unknown(key: str, known: list[str], where: str) -> str:
    close = get_close_matches(key, known, n=1)
    advice = f"did you mean {close[0]!r}?" if close else f"known here: {', '.join(known)}"
    return f"{_join(where, key)}: is not known; {advice}"


def _required(info: FieldInfo) -> bool:
    return info.required


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
