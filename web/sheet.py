"""A page that says what an action will bring about, before it is done. Pure."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from web.place import Reader


class Option(Struct, frozen=True, kw_only=True):
    """One way to do it, and what that brings about; `on`: chosen unless somebody chooses otherwise."""

    value: str
    text: str
    effect: str = ""
    on: bool = False


class Sheet(Struct, frozen=True, kw_only=True):
    """An action before it is done.

    effects: what it will bring about, in numbers. command: what is sent, with `fields`; empty: the answers lead back to
    this page first, which then says the effect. options: one of them (`many`: any of them) as the field `name`.
    entry: the hint beside a text field `name`, empty without one; `typed`: what stands in it. off: why it cannot be
    done now, empty when it can.
    """

    title: str
    button: str = ""
    effects: Sequence[str] = ()
    command: str = ""
    fields: Mapping[str, Sequence[str]] = {}
    name: str = ""
    options: Sequence[Option] = ()
    many: bool = False
    entry: str = ""
    typed: str = ""
    off: str = ""
    danger: bool = False


def named(code: str, reader: Reader) -> str:
    """A service as it stands in lists."""
    return f"{code} – {reader.names.get(code, code)}"


def waiting(n: int, reader: Reader) -> str:
    """How many wait, beside a choice."""
    return reader.text("greeter.waiting", n=n)
