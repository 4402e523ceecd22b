"""The statistics of one site: the hub's events kept for good, and the day's figures for everybody."""

import gc
import sqlite3
from collections.abc import Sequence

from moiso.runtime import logs
from moiso.runtime.program import Context, Unusable, context, guarded, new_id
from moiso.runtime.shell import Shell
from moiso.wire.messages import FakePress
from moiso.wire.ports import Complaint
from stats.machine import Keep, Machine, Place
from stats.store import Store

ADVICE = "make room on the disk. Nothing is lost: what cannot be kept now is fetched from the hub again"


class Stats:
    """One running `stats`: the machine, and the history that it keeps."""

    def __init__(self, ctx: Context) -> None:
        """Raises Unusable when the history or the password cannot be used."""
        site = ctx.site
        place = Place(
            device=ctx.device,
            topics=site.topics,
            calendar=site.calendar,
            services=tuple(service.code for service in site.services),
        )
        self._store = Store(ctx.state / "stats.db", site.site.id)
        self._machine = Machine(place, self._store.memory(), new_id)
        self._shell = Shell(ctx, {ctx.device: self._machine}, self._perform, _press)

    def run(self) -> None:
        """Work until SIGTERM. Raises Unusable when the history turns out to be damaged."""
        self._shell.run()
        self._store.close()

    def _perform(self, _device: str, keep: Keep) -> None:
        try:
            self._store.append(keep.rows)
        except sqlite3.OperationalError as error:
            self._machine.kept(keep.rows, safe=False)
            self._shell.inbox.put(Complaint(str(self._store.path), f"{error}; {ADVICE}"))
        except sqlite3.DatabaseError as error:
            raise Unusable(self._store.unusable(error)) from None
        else:
            self._machine.kept(keep.rows, safe=True)


def _press(device: str, _what: FakePress) -> None:
    raise ValueError(f'{device} is the statistics: it takes {{"link": ...}} only')


def main(argv: Sequence[str] | None = None) -> int:
    """Run the statistics of one site until SIGTERM."""
    return guarded(lambda: _main(argv))


def _main(argv: Sequence[str] | None) -> int:
    ctx = context("stats", "stats", argv, "The statistics: keep every event, publish the day's figures.")
    logs.set_up("stats")
    stats = Stats(ctx)
    gc.freeze()
    stats.run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
