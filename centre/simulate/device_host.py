"""The shell of one device under virtual time (see moiso/runtime/shell.py): a machine between inbox and wire."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from centre.simulate.ground import Ground
from centre.simulate.hub_host import HubHost
from centre.simulate.network import Wire
from moiso.wire.ports import Arrived, Complaint, LinkUp, Publish
from moiso.wire.session import Session

#: The longest a loop sleeps while somebody looks closely.
LONGEST_SLEEP = 1.0


class Machine(Protocol):
    """What decides for one device (see moiso.runtime.shell.Machine)."""

    @property
    def subscriptions(self) -> Sequence[str]:
        """The topics it wants to hear."""

    @property
    def ready(self) -> bool:
        """Whether the device can do its whole job now."""

    @property
    def detail(self) -> dict[str, Any]:
        """What its status says beside that."""

    def handle(self, items: list[Any], now: float) -> Sequence[object]:
        """One turn."""

    def deadline(self) -> float | None:
        """When it wants a turn at the latest."""


class DeviceHost:
    """One device with its program, which can be killed and started again.

    make: a fresh machine. perform: does what the machine wants done that is no message. patient: its deadline is no
    press on time, a turn a second is enough. polled: it has that turn while somebody looks closely; whoever has nothing
    to do before its deadline needs none. role: of its status; None for whoever only speaks beside a device.
    booted: when the monotonic clock of its machine began.
    """

    def __init__(
        self,
        ground: Ground,
        hub: HubHost,
        device: str,
        make: Callable[[], Machine],
        perform: Callable[[Any], None],
        *,
        patient: bool = False,
        polled: bool = True,
        role: str | None = None,
    ) -> None:
        self._ground, self._hub, self.device, self._make, self._perform = ground, hub, device, make, perform
        self._patient, self._polled, self._role = patient, polled, role
        self.machine = make()
        self.wire = Wire(device, hears=list(self.machine.subscriptions), deliver=self.put)
        if role is not None:
            self.wire.hears = [ground.site.topics.status(device), *self.wire.hears]
        ground.broker.attach(self.wire)
        self.running, self.plugged = False, True
        self._lives = 0
        self.booted = 0.0
        self._inbox: list[object] = []
        self._planned: float | None = None
        self.overhear: Callable[[list[object], Sequence[object]], None] = lambda _items, _outputs: None

    # -- life and death ---------------------------------------------------------------------------------------

    def start(self) -> None:
        """The program starts and connects, unless it runs already."""
        if self.running:
            return
        self._lives += 1
        self.running = True
        self.machine = self._make()
        topics, session = self._ground.site.topics, f"{self.device}-{self._lives}"
        self._session = Session(topics, self.device, self._role or "", session, pid=self._lives)
        self.wire.will = self._session.will if self._role else None
        self._connect()

    def die(self) -> None:
        """SIGKILL."""
        self.running = False
        self._inbox, self._planned = [], None
        self._ground.broker.cut(self.wire, died=True)

    def unplug(self) -> None:
        """The cable is out."""
        self.plugged = False
        self._ground.broker.cut(self.wire)

    def plug(self) -> None:
        """The cable is in again; the link tries again by itself."""
        self.plugged = True
        self._ground.time.after(self._ground.broker.weather.chance.uniform(0.1, 5.0), self._connect)

    def _connect(self) -> None:
        if self.running and self.plugged:
            self._ground.broker.connect(self.wire)

    # -- turns ------------------------------------------------------------------------------------------------

    def put(self, item: object) -> None:
        """Something happened: a message came, or a driver saw something."""
        if self.running:
            self._inbox.append(item)
            self._plan(self._ground.time.now)

    def wake(self, at: float) -> None:
        """Have a turn at that moment at the latest."""
        if self.running:
            self._plan(max(at, self._ground.time.now + 0.001))

    def _plan(self, due: float) -> None:
        if self._planned is None or due < self._planned:
            self._planned = due
            self._ground.time.at(due, partial(self._due, due))

    def _due(self, due: float) -> None:
        if self._planned != due or not self.running:
            return
        self._planned = None
        came = LinkUp in map(type, self._inbox)
        told = self._hub.told(self.device, self.wire.hears, afresh=came) if self.wire.up else []
        items = [*told, *self._inbox]
        self._inbox = []
        outputs = self.machine.handle(items, self._ground.time.now - self.booted)
        for output in outputs:
            self._do(output)
        if self._role is not None:
            self._speak_of_itself(items, came=came)
        self.overhear(items, outputs)
        self._plan_next()

    def _plan_next(self) -> None:
        now = self._ground.time.now
        deadline = None if self._patient else self.machine.deadline()
        wanted = None if deadline is None else deadline + self.booted
        if self._polled and self._ground.attention.close:
            wanted = now + LONGEST_SLEEP if wanted is None else min(wanted, now + LONGEST_SLEEP)
        if wanted is not None:
            self._plan(max(wanted, now + 0.001))

    def _do(self, output: object) -> None:
        match output:
            case Publish():
                self._ground.broker.publish(self.wire, output)
            case Complaint():
                pass
            case _:
                self._perform(output)

    def _speak_of_itself(self, items: list[object], *, came: bool) -> None:
        """Birth after a connect, whatever changed, and an answer to another session's word."""
        session = self._session
        said = session.now(ready=bool(self.machine.ready), **self.machine.detail)
        if came:
            said = said or [session.birth()]
        heard = [item.payload for item in items if isinstance(item, Arrived) and item.topic == session.topic]
        for message in said or (session.seen(heard[-1]) if heard else []):
            self._ground.broker.publish(self.wire, message)
