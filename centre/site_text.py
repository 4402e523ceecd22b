"""site.toml as text, changed in the one place where another machine's copy must differ. Pure."""

import re
import tomllib
from typing import Any

_TABLE = re.compile(r"^[ \t]*\[broker\][ \t]*(?:#.*)?\n", re.MULTILINE)
_NEXT_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_ADDRESS = re.compile(r"^[ \t]*(?:host|port|listen)[ \t]*=.*(?:\n|\Z)", re.MULTILINE)


def point_at(site_toml: str, host: str, port: int) -> str:
    """The text of a site.toml with another `[broker]` host and port, all else and every comment as it was.

    Raises ValueError when its [broker] table is written in a way that cannot be changed line by line.
    """
    before = tomllib.loads(site_toml)
    text = _replaced(site_toml, f'host = "{host}"\nport = {port}\n')
    try:
        after = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        after = {}
    broker = after.get("broker", {})
    if _rest(after) != _rest(before) or (broker.get("host"), broker.get("port")) != (host, port):
        raise ValueError("write the [broker] table of site.toml in plain lines, `key = value`, and try again")
    return text


def _replaced(site_toml: str, address: str) -> str:
    table = _TABLE.search(site_toml)
    if table is None:
        return f"{site_toml.rstrip()}\n\n[broker]\n{address}"
    following = _NEXT_TABLE.search(site_toml, table.end())
    end = following.start() if following else len(site_toml)
    kept = _ADDRESS.sub("", site_toml[table.end() : end])
    return site_toml[: table.end()] + address + kept + site_toml[end:]


def _rest(site: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in site.items() if key != "broker"}
