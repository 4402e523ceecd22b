"""Every device of the site as the managers' page shows it. Pure."""

from collections.abc import Mapping

from msgspec import Struct

from moiso.wire.messages import Status
from moiso.wire.parts import part_trouble
from web.words import Text

_PAPER = ("ok", "near", "out", "cover", "cutter", "offline", "unknown")
_ORDER = ("hub", "kiosk", "counter", "display", "stats", "web")


class DeviceRow(Struct, frozen=True, kw_only=True):
    """One device; `state` is `ready`, `trouble`, `stopped`, `lost` or `unseen`."""

    name: str
    state: str
    state_text: str
    detail: str


def device_rows(kinds: Mapping[str, str], devices: Mapping[str, Status], text: Text) -> dict[str, DeviceRow]:
    """A row for every device of the site (`kinds`: id -> kind) and for every other that spoke."""
    names = sorted(kinds.keys() | devices.keys(), key=lambda name: _place(name, kinds))
    return {name: _device(name, kinds.get(name, ""), devices.get(name), text) for name in names}


def _place(name: str, kinds: Mapping[str, str]) -> tuple[int, int, str]:
    kind = kinds.get(name, "")
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), len(name), name)


def device_name(name: str, kind: str, text: Text) -> str:
    """What people call the device; `kind` as in site.toml."""
    return text(f"web.kind_{kind if kind in _ORDER else 'other'}", name=name)


def _device(name: str, kind: str, status: Status | None, text: Text) -> DeviceRow:
    state = status.state if status else "unseen"
    said = matter_of(status)
    return DeviceRow(
        name=device_name(name, kind, text),
        state="trouble" if state == "ready" and said not in {"", "paper_ok"} else state,
        state_text=text(f"web.device_{state}"),
        detail=text(f"web.{said}") if said else "",
    )


def matter_of(status: Status | None) -> str:
    """What matters most of a device's parts, as the `[web]` texts name it: its paper, when that is a matter; else a
    part that is in trouble; else its paper. Nothing for who has neither, or is lost and has no paper.
    """
    paper, part = paper_of(status), part_trouble(status.detail) if status and status.state != "lost" else None
    if part and paper in {"", "ok"}:
        return part
    return f"paper_{paper}" if paper else ""


def paper_of(status: Status | None) -> str:
    """One of `_PAPER`, as a kiosk says in its status; nothing for who has no paper."""
    paper = status.detail.get("paper") if status else None
    return paper if isinstance(paper, str) and paper in _PAPER else ""
