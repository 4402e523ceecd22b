"""What people do from the greeter's and the manager's pages: which commands, and how a form says them. Pure."""

from collections.abc import Mapping
from typing import Any

import msgspec

from moiso.core.commands import COMMANDS
from moiso.core.roles import GREETERS_WORK, MAY, Role

#: What can be done from these pages; the clerk's panel has the rest.
DEEDS = frozenset({
    "issue", "return", "reprint", "void", "grant-priority", "served-offline", "issued-offline", "undo", "assign",
    "suspend-service", "restore-service", "notice", "open-day", "close-day", "reopen-day",
})  # fmt: skip
#: In a form this is the proof that it is ours (web/guard.py), and never the secret of somebody's ticket.
_PROOF = "token"
#: Fields that a form may send several times.
_LISTS = frozenset({"services", "take", "drop"})


def allowed(role: Role, *, greeter: bool) -> frozenset[str]:
    """The deeds of this role, at a site with or without greeters."""
    lent = GREETERS_WORK if role is Role.CLERK and not greeter else frozenset()
    return frozenset(deed for deed in DEEDS if role in MAY[deed] or deed in lent)


def arguments(command: str, form: Mapping[str, list[str]]) -> dict[str, Any]:
    """The command's arguments as a form says them; what was left empty was not said.

    A manager's form says besides for which `counter`. Raises ValueError with what is wrong.
    """
    kind = COMMANDS[command]
    names = [field.encode_name for field in msgspec.structs.fields(kind) if field.encode_name != _PROOF]
    said = {name: form[name] if name in _LISTS else form[name][0].strip() for name in names if any(form.get(name, ()))}
    if command == "issue" and "class" in said:
        said["priority"] = "true"
    if command == "notice":
        said.setdefault("text", "")
    try:
        meant = msgspec.to_builtins(msgspec.convert(said, kind, strict=False))
        counter = {"counter": int(form["counter"][0])} if any(form.get("counter", ())) else {}
    except (ValueError, msgspec.ValidationError) as error:
        raise ValueError(f"{command}: {error}") from None
    return {name: meant[name] for name in said} | counter
