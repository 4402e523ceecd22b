"""Child processes kept alive: started, watched, back within a second when they die, for ever."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from moiso.runtime.program import EX_CONFIG

#: Seconds between a death and the next start: the first, when it keeps dying, when it says it cannot run at all.
PAUSE, NEXT_PAUSE, LONG_PAUSE = 0.2, 0.9, 15.0
#: Seconds within which a second death counts as the same trouble, and is not told again.
SAME_TROUBLE = 10.0
#: Seconds that a program has to end by itself before it is killed.
GRACE = 3.0
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


class Child:
    """One program of the centre: the process, and when to start it again."""

    def __init__(self, name: str, command: Sequence[str], notify: Path) -> None:
        self.name, self._command = name, list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._start_at = self._died_at = 0.0
        self.ready = False
        self.unusable = False
        self._socket = _listen(notify)
        self._environment = {**os.environ, "NOTIFY_SOCKET": str(notify)}

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the program; it dies with us, whatever kills us."""
        self.ready = self.unusable = False
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  there are no threads here
        )

    def look(self, now: float) -> None:
        """Hear what it says, notice its death, start it again when it is time."""
        self._hear()
        if self._process is not None:
            self._bury(now)
        elif now >= self._start_at:
            self.start()

    def end(self) -> None:
        """Ask it to stop."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def reap(self, until: float) -> None:
        """Wait for its end until the monotonic `until`, then kill it."""
        if self._process is not None:
            try:
                self._process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._socket.close()

    def _bury(self, now: float) -> None:
        assert self._process is not None
        code = self._process.poll()
        if code is None:
            return
        self._process, self.ready = None, False
        self.unusable = code == EX_CONFIG
        again, self._died_at = now - self._died_at < SAME_TROUBLE, now
        self._start_at = now + (LONG_PAUSE if self.unusable else NEXT_PAUSE if again else PAUSE)
        if not self.unusable and not again:
            print(f"up: {self.name} ended ({_cause(code)}); starting it again", file=sys.stderr)

    def _hear(self) -> None:
        while True:
            try:
                message = self._socket.recv(4096)
            except BlockingIOError:
                return
            self.ready = self.ready or b"READY=1" in message


def _listen(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    channel.bind(str(path))
    channel.setblocking(False)
    return channel


def _die_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _cause(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
