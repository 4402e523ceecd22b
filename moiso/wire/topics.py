"""Every topic of one site, made and taken apart in one place."""

import re
from typing import NamedTuple

ROOT = "moiso/1"
SITE_ID = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")


class Topics(NamedTuple):
    """The topics below `moiso/1/<site>/`."""

    site: str

    @property
    def root(self) -> str:
        """`moiso/1/<site>/`, with the slash."""
        return f"{ROOT}/{self.site}/"

    def cmd(self, device: str, command: str) -> str:
        """Where `device` asks the hub."""
        return f"{self.root}cmd/{device}/{command}"

    def reply(self, device: str) -> str:
        """Where the hub answers `device`."""
        return f"{self.root}reply/{device}"

    def event(self, kind: str) -> str:
        """Where the hub tells everybody of an event of this type (`+` or `#` to listen)."""
        return f"{self.root}event/{kind}"

    def state(self, name: str) -> str:
        """A retained snapshot of the hub: `board`, `services`, `day`."""
        return f"{self.root}state/{name}"

    def counter(self, number: int | str) -> str:
        """The retained snapshot of one counter."""
        return f"{self.root}state/counter/{number}"

    @property
    def beat(self) -> str:
        """The hub's heart."""
        return f"{self.root}beat"

    def status(self, device: str) -> str:
        """The retained birth and will of a device."""
        return f"{self.root}status/{device}"

    @property
    def figures(self) -> str:
        """The retained figures of the day, from `stats`."""
        return f"{self.root}figures/day"

    def fake(self, device: str) -> str:
        """Where a fake device takes presses."""
        return f"{self.root}fake/{device}"

    def button(self, device: str, command: str) -> str:
        """Where a plain button says that it was pressed."""
        return f"{self.root}button/{device}/{command}"

    def below(self, topic: str) -> list[str]:
        """The levels below the root; empty when the topic is not of this site."""
        root = self.root
        return topic[len(root) :].split("/") if topic.startswith(root) else []
