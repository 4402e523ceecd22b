"""Which systemd units a machine needs, and their text for the place where moiso is installed. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

TEMPLATE_PROGRAM = "/opt/moiso/.venv/bin/moiso"
CENTRAL = ("broker", "hub", "stats", "web")
PER_DEVICE = ("kiosk", "display", "screen")
ROLES = (*CENTRAL, *PER_DEVICE, "counter")


@dataclass(frozen=True)
class Unit:
    """A unit to enable (`name`, instance included) and the file that it is made from (`file`)."""

    name: str
    file: str


def units_for(
    devices: Mapping[str, str], roles: Collection[str] = (), only: Collection[str] = (), screens: Collection[str] = ()
) -> list[Unit]:
    """The units for these roles (none given: all of `ROLES`), the broker first.

    `devices` is device id -> kind; `only`, when given, leaves out every other kiosk and display, and the
    counters when none of theirs is named. `screens`: the kiosks whose touch page stands on the machine's own screen.
    """
    wanted = [role for role in ROLES if not roles or role in roles]
    chosen = {device: kind for device, kind in devices.items() if not only or device in only}
    units = []
    for role in wanted:
        if role in PER_DEVICE:
            file = f"moiso-{role}@.service"
            mine = [d for d, kind in chosen.items() if kind == role or (role == "screen" and d in screens)]
            units += [Unit(f"moiso-{role}@{device}.service", file) for device in mine]
        elif role in CENTRAL or role in chosen.values():
            units.append(Unit(f"moiso-{role}.service", f"moiso-{role}.service"))
    return units


def render(template: str, program: str, groups: Collection[str], counters: Sequence[str] = ()) -> str:
    """A unit's text: the program's real path, only groups that this machine has, and which call units to drive.

    Raises ValueError for a path that would need quoting.
    """
    if not re.fullmatch(r"/[A-Za-z0-9._/+-]+", program):
        raise ValueError(f"systemd cannot start {program!r}: install moiso under a path of plain letters")
    text = template.replace(TEMPLATE_PROGRAM, program)
    if counters:
        text = re.sub(r"^(ExecStart=\S+ counter .*)$", rf"\1{_flags(counters)}", text, flags=re.MULTILINE)
    return re.sub(r"^SupplementaryGroups=(.*)$", lambda m: _known(m[1], groups), text, flags=re.MULTILINE)


def _flags(counters: Sequence[str]) -> str:
    return "".join(f" --device {device}" for device in counters)


def _known(names: str, groups: Collection[str]) -> str:
    # A group that does not exist would keep the unit from starting at all.
    return "SupplementaryGroups=" + " ".join(name for name in names.split() if name in groups)
