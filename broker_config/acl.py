"""Who may say what: one table of rights by role, and the access list that mosquitto reads. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PUBLIC = ("event/#", "state/#", "beat", "status/#", "figures/#")


@dataclass(frozen=True)
class Rights:
    """What a role may write and read: topic filters below the site's root; `%u` is the device's own id."""

    write: tuple[str, ...] = ()
    read: tuple[str, ...] = ()

    def plus(self, *write: str) -> "Rights":
        """The same rights and more to write."""
        return Rights(self.write + write, self.read)


PROGRAM = Rights(
    write=("cmd/%u/#", "status/%u", "fake/%u"),
    read=("reply/%u", "fake/%u", *PUBLIC),
)

# The hub writes cmd/# only to clear a command that was retained by mistake, and reads what it published
# itself to clear retained topics of counters that are gone and to notice a second hub.
RIGHTS: Mapping[str, Rights] = {
    "hub": Rights(
        write=("reply/#", "event/#", "state/#", "beat", "status/%u", "cmd/#"),
        read=("cmd/#", "button/#", "event/#", "state/#", "beat", "status/#"),
    ),
    "kiosk": PROGRAM,
    "counter": PROGRAM.plus("button/%u/#"),
    "display": PROGRAM,
    "stats": PROGRAM.plus("figures/#"),
    "web": PROGRAM.plus("fake/#"),
    "button": Rights(write=("button/%u/#",), read=("fake/%u",)),
}

_ID = re.compile(r"[a-z0-9-]+")

_HEAD = """\
# Made by moiso; written afresh at every start, so edit site.toml instead.
# Nothing is allowed but what stands here. Mosquitto's own %u patterns hold for every user, plain buttons
# included, so each device gets the rights of its role spelled out. What it says in another's name is refused
# (MQTT 5: not authorised); what it may not read is never delivered.
"""


def render_acl(site_id: str, devices: Mapping[str, str], topics: Mapping[str, Sequence[str]] | None = None) -> str:
    """The access list of a site.

    `devices` maps device id to role (a key of `RIGHTS`); `topics` maps a plain button to the full topics it
    publishes on besides `button/<id>/#`, which only the hub reads. Raises ValueError for an unknown role, an
    id that is not made of `a-z 0-9 -`, and a topic with a wildcard or inside the root of the contract.
    """
    named = topics or {}
    _check(site_id, devices, named)
    blocks = [_role(role, site_id, devices, named) for role in RIGHTS if role in devices.values()]
    return "\n".join([_HEAD, *blocks])


def _role(role: str, site_id: str, devices: Mapping[str, str], topics: Mapping[str, Sequence[str]]) -> str:
    members = [device for device, kind in devices.items() if kind == role]
    lines = [f"# ---- {role}: {', '.join(members)}"]
    for device in members:
        lines += _user(device, RIGHTS[role], f"moiso/1/{site_id}/")
        lines += [f"topic write {topic}" for topic in topics.get(device, ())]
        if role == "hub":
            heard = {topic for each in topics.values() for topic in each}
            lines += [f"topic read {topic}" for topic in sorted(heard)]
    return "\n".join([*lines, ""])


def _user(device: str, rights: Rights, root: str) -> list[str]:
    both = [f for f in rights.write if f in rights.read]
    write = [f for f in rights.write if f not in both]
    read = [f for f in rights.read if f not in both]
    access = [*(("write", f) for f in write), *(("readwrite", f) for f in both), *(("read", f) for f in read)]
    return [f"user {device}", *(f"topic {kind} {root}{f.replace('%u', device)}" for kind, f in access)]


def _check(site_id: str, devices: Mapping[str, str], topics: Mapping[str, Sequence[str]]) -> None:
    for name in (site_id, *devices):
        if not _ID.fullmatch(name):
            raise ValueError(f"{name!r} is not an id: use a-z, 0-9 and - only")
    for device, role in devices.items():
        if role not in RIGHTS:
            raise ValueError(f"{device}: no such role {role!r}; there are {', '.join(RIGHTS)}")
    for device, each in topics.items():
        if devices.get(device) != "button":
            raise ValueError(f"{device}: only a plain button has a topic of its own")
        for topic in each:
            _check_topic(device, topic, f"moiso/1/{site_id}/button/")


def _check_topic(device: str, topic: str, buttons: str) -> None:
    if not topic or re.search(r"[+#\s\x00-\x1f]", topic):
        raise ValueError(f"{device}: {topic!r} is not one topic: no wildcard, no space, not empty")
    if topic.startswith(("moiso/", "$")) and not topic.startswith(buttons):
        raise ValueError(f"{device}: {topic!r} belongs to the contract: use another, or one below {buttons}")
