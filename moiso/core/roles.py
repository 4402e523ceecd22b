"""Who may do what: one table. A device has one role; a person behind `web` has the role of the session."""

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    """What a sender is, as far as the queue is concerned."""

    KIOSK = "kiosk"
    GREETER = "greeter"
    CLERK = "clerk"
    MANAGER = "manager"
    READER = "reader"


class Sender(Struct, frozen=True, kw_only=True):
    """Who sends a command: its device, role, own counter if any, and the id of the press.

    person: the pseudonym of whoever sits at a page; a device without one acts in its own name.
    """

    device: str
    role: Role
    counter: int | None = None
    press: str | None = None
    person: str | None = None

    @property
    def account(self) -> str:
        """In whose name it is done."""
        return self.person or self.device


K, G, C, M = Role.KIOSK, Role.GREETER, Role.CLERK, Role.MANAGER

#: Per command the roles that may send it. `replay` is a question to the hub and open to every reader.
MAY: dict[str, frozenset[Role]] = {
    "issue": frozenset({K, G}),
    "printed": frozenset({K}),
    "print-failed": frozenset({K}),
    "reprint": frozenset({K, G, C, M}),
    "lease": frozenset({K}),
    "issued-offline": frozenset({K, G, C, M}),
    "void": frozenset({K, G, M}),
    "served-offline": frozenset({G, C, M}),
    "return": frozenset({K, G, C}),
    "grant-priority": frozenset({G, C, M}),
    "next": frozenset({C}),
    "call": frozenset({C}),
    "recall": frozenset({C}),
    "start": frozenset({C}),
    "finish": frozenset({C}),
    "no-show": frozenset({C}),
    "hold": frozenset({C}),
    "resume": frozenset({C}),
    "transfer": frozenset({C}),
    "undo": frozenset({G, C, M}),
    "assign": frozenset({C, M}),
    "open": frozenset({C}),
    "pause": frozenset({C}),
    "close": frozenset({C}),
    "suspend-service": frozenset({G, C, M}),
    "restore-service": frozenset({G, C, M}),
    "notice": frozenset({M}),
    "open-day": frozenset({M}),
    "close-day": frozenset({M}),
    "reopen-day": frozenset({M}),
    "replay": frozenset(Role),
}

#: What clerks may do besides at a site that has no greeter.
GREETERS_WORK = frozenset({"issue", "void"})


def may(role: Role, command: str, *, greeter: bool) -> bool:
    """Whether this role may send this command, at a site with or without greeters."""
    allowed = role in MAY[command]
    return allowed or (role is Role.CLERK and not greeter and command in GREETERS_WORK)
