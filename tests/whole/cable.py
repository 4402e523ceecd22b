"""A cable between two network namespaces of our own, to be cut and mended: the network of two machines on one."""

import contextlib
import ctypes
import os
import subprocess

HERE, THERE = "10.77.1.1", "10.77.1.2"

_CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)


class Cable:
    """Two namespaces, `here` and `there`, and a cable; gone again after `close`."""

    def __init__(self) -> None:
        name = f"moiso-{os.getpid()}"
        self.here, self.there, self._ends = f"{name}-a", f"{name}-b", (f"mo{os.getpid()}a", f"mo{os.getpid()}b")

    def lay(self) -> None:
        """Raises CalledProcessError with what `ip` said when this machine does not let us."""
        _ip("netns", "add", self.here)
        _ip("netns", "add", self.there)
        _ip("link", "add", self._ends[0], "type", "veth", "peer", "name", self._ends[1])
        for end, space, address in zip(self._ends, (self.here, self.there), (HERE, THERE), strict=True):
            _ip("link", "set", end, "netns", space)
            _ip("-n", space, "link", "set", "lo", "up")
            _ip("-n", space, "addr", "add", f"{address}/24", "dev", end)
            _ip("-n", space, "link", "set", end, "up")
        # so that whoever lives `here` is still reached by this address from here when this end is out
        _ip("-n", self.here, "addr", "add", f"{HERE}/32", "dev", "lo")

    def cut(self, *, far: bool = False) -> None:
        """Pull the plug `there`; `far`: the one `here`, so that `there` only hears nothing any more."""
        self._set("down", 0 if far else 1)

    def mend(self) -> None:
        """Both plugs are in."""
        self._set("up", 0)
        self._set("up", 1)

    def close(self) -> None:
        for space in (self.here, self.there):
            with contextlib.suppress(subprocess.CalledProcessError):
                _ip("netns", "delete", space)
        with contextlib.suppress(subprocess.CalledProcessError):
            _ip("link", "delete", self._ends[0])

    def _set(self, state: str, end: int) -> None:
        _ip("-n", (self.here, self.there)[end], "link", "set", self._ends[end], state)


def enter(space: str) -> None:
    """The calling thread, and whatever it starts from now on, has the network of this namespace. Raises OSError."""
    with open(f"/run/netns/{space}", encoding="ascii") as file:
        if _libc.setns(file.fileno(), _CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), f"cannot enter the namespace {space}")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)
