"""The hub's machine: messages and the time in; rows to commit and messages to publish out. Pure.

The shell commits the batch first and publishes afterwards. When a commit fails it throws the machine away and builds
it again from the log: nothing that was not committed was ever said.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from hub import replies
from hub.ledger import Ledger
from hub.log import Answer, Batch, Memory, Row
from hub.plain_buttons import STUCK, Bounce, PlainButtons, Press
from hub.speaker import Speaker
from hub.views import Views
from moiso.core.asking import Rejected
from moiso.core.commands import AT_COUNTER, COMMANDS, Command, RecordOffline, TransferTicket
from moiso.core.day import Calendar, Moment
from moiso.core.roles import Role, Sender, may
from moiso.core.rules import Rules
from moiso.runtime.site_tables import PlainButtonConf
from moiso.wire.codec import BadMessage, command_id, decode
from moiso.wire.messages import Beat, Envelope, Replay
from moiso.wire.ports import Arrived, LinkUp, Publish
from moiso.wire.stamp import iso, seconds
from moiso.wire.topics import Topics

BEAT_EVERY, ALIVE_EVERY = 2.0, 60.0
#: Between two rounds of snapshots: a crowd's presses share one, and the wall still follows at once.
STATES_EVERY = 0.1
#: Longest command, bytes.
LONGEST_COMMAND = 64 * 1024
#: A `next`, or a kiosk's `issue`, pressed longer ago than this is dropped: its sender has given up. A stamp off by more
#: than a day says nothing about age.
WANTED, UNRELATED = 2.0, 86400.0
#: A line that is cut holds a message up for so long at most, seconds; a stamp further off says nothing.
HELD_UP = 900.0
#: After a connect plain buttons are not believed for this long: a gateway may repeat old presses.
SETTLING = 2.0
#: A hub that hears another one beat so soon after it connected is the newcomer, who has to go.
NEWCOMER = 3.0
#: What a plain button may ask for.
BUTTON_COMMANDS = frozenset({"next", "recall", "no-show"})


class SecondHub(Exception):  # noqa: N818  it says what was seen
    """Another hub with another log serves the same site; str() is its log."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hub stands: its site's topics, rules and calendar, its devices (id -> kind) and their counters.

    buttons: those with topics of their own.
    """

    topics: Topics
    rules: Rules
    calendar: Calendar
    kinds: dict[str, str]
    counters: dict[str, int]
    buttons: tuple[PlainButtonConf, ...] = ()


@dataclass(slots=True)
class Turn:
    """What one turn of the loop brought: commit `batch`, then publish its rows, `replies` and `states`.

    complaints: one line each for what could not be understood, by topic.
    """

    batch: Batch
    replies: list[Publish] = field(default_factory=list)
    states: list[Publish] = field(default_factory=list)
    complaints: dict[str, str] = field(default_factory=dict)


class Machine:
    """The queue of one site between two restarts.

    `read(first, limit)` gives committed rows of the log, for whoever asks for a replay.
    """

    def __init__(self, place: Place, memory: Memory, read: Callable[[int, int], list[Row]]) -> None:
        self._place, self._log, self._read = place, memory.log, read
        self.ledger = Ledger(place.rules, place.calendar, memory)
        self._views = Views(self.ledger, memory.log, lambda wall: iso(wall, place.calendar.zone))
        self.speaker = Speaker(place.topics, memory.log, self.ledger, self._views)
        self._buttons, self._bounce = PlainButtons(place.buttons), Bounce(place.rules.bounce)
        self._next_beat = self._next_alive = self._next_states = self._connected = 0.0
        self._unsaid = False
        self._turn = Turn(Batch())

    # -- turns of the loop ------------------------------------------------------------------------------------

    def handle(self, items: list[object], now: Moment) -> Turn:
        """One turn: first the clock and the day, then every item in order, then what is due.

        Raises SecondHub when another log was beating here before we came.
        """
        self._turn = Turn(Batch())
        self.ledger.batch = self._turn.batch
        self.ledger.keep_time(now)
        for item in items:
            if isinstance(item, Arrived):
                self._arrived(item, now)
            elif isinstance(item, LinkUp):
                self._link_up(now)
        if self._due(now) or (self._unsaid and now.mono >= self._next_states):
            self._turn.states += self.speaker.snapshots(now)
            self._next_states = now.mono + STATES_EVERY
            self._unsaid = False
        # what this turn brings is told by the next one: nobody's answer waits for the snapshots
        self._unsaid = self._unsaid or bool(self._turn.batch.rows)
        return self._turn

    def deadline(self) -> float:
        """The monotonic moment at which the machine wants a turn at the latest."""
        due = min(self._next_beat, self._next_alive)
        return min(due, self._next_states) if self._unsaid else due

    def stuck(self, mono: float) -> list[str]:
        """The plain buttons that somebody should look at."""
        return self._bounce.stuck(mono)

    def say_again(self) -> None:
        """Somebody else spoke in our name: whatever is retained has to be said again."""
        self.speaker.forget()
        self._unsaid = True

    def refuse(self, items: list[object], reason: str) -> list[Publish]:
        """Answers for commands that could not be carried out because the hub itself failed."""
        arrived = [item for item in items if isinstance(item, Arrived)]
        commands = [(item, self._place.topics.below(item.topic)) for item in arrived]
        return [
            self._to(levels[1], replies.failed(command_id(item.payload), levels[2], reason))
            for item, levels in commands
            if levels[:1] == ["cmd"] and len(levels) == 3
        ]

    def _link_up(self, now: Moment) -> None:
        self._connected, self._next_beat = now.mono, 0.0
        self.speaker.forget()

    def _due(self, now: Moment) -> bool:
        """What time brings; whether the heart beat, and with it whatever changed by time alone is to be said."""
        if now.mono >= self._next_alive:
            self._next_alive = now.mono + ALIVE_EVERY
            self._turn.batch.alive = now
        if now.mono < self._next_beat:
            return False
        self._next_beat = now.mono + BEAT_EVERY
        self._turn.states.append(self.speaker.beat(now))
        return True

    # -- what arrives -----------------------------------------------------------------------------------------

    def _arrived(self, item: Arrived, now: Moment) -> None:
        if item.topic in self._buttons.topics:
            self._plain(item, now)
            return
        match self._place.topics.below(item.topic):
            case ["cmd", device, name]:
                self._command(item, device, name, now)
            case ["button", device, name] if item.payload and not item.retained:
                self._button(item.topic, device, name, now)
            case ["state", "counter", number]:
                self._old_counter(item, number)
            case ["beat"]:
                self._other_beat(item, now)
            case ["status", _] if not item.retained:
                # whoever has just come need not wait for the heart
                self._next_beat = 0.0

    def _command(self, item: Arrived, device: str, name: str, now: Moment) -> None:
        if item.retained and not item.payload:
            return  # somebody cleared the topic
        if item.retained:
            self._turn.states.append(Publish(item.topic, b"", retain=True))
            self._reply(device, replies.failed(command_id(item.payload), name, "retained"))
            return
        try:
            envelope = decode(item.payload, Envelope, longest=LONGEST_COMMAND)
            kind: Any = Replay if name == "replay" else COMMANDS[name]
            command = decode(item.payload, kind)
        except KeyError:
            self._refuse(item, device, name, "unknown-command", known=", ".join([*COMMANDS, "replay"]))
        except BadMessage as error:
            self._refuse(item, device, name, "bad-message", error=str(error))
        else:
            self._judge(envelope, name, command, self._sender(device, envelope, name), now)

    def _refuse(self, item: Arrived, device: str, name: str, reason: str, **params: str) -> None:
        """Answer what is no command of ours, and note it."""
        self._turn.complaints[item.topic] = f"{reason}: {params}"
        press = command_id(item.payload)
        self._reply(device, replies.failed(press, name, reason, command=name, **params))

    def _judge(self, envelope: Envelope, name: str, command: Command | Replay, by: Sender, now: Moment) -> None:
        """Carry the command out once; its repetition gets the first answer again."""
        first = self.ledger.first_answer(by.device, name, envelope.id)
        if first is not None:
            self._reply(by.device, first)
            return
        try:
            self._allow(envelope, name, by, now)
            if isinstance(command, Replay):
                self._reply(by.device, replies.accepted(envelope.id, name, self._replayed(command)))
                return
            if getattr(command, "preview", False):
                shown = replies.named(command, self.ledger.preview(command, by, now))
                self._reply(by.device, replies.accepted(envelope.id, name, {**shown, "preview": True}))
                return
            asked = _asked(command, self._place.kinds.get(by.device), _under_way(envelope, now))
            events = self.ledger.carry_out(asked, by, now)
        except Rejected as why:
            state = replies.counter_state(self._views, by) if name in AT_COUNTER else why.data
            self._reply(by.device, replies.rejected(envelope.id, name, why, state))
            return
        reply = replies.accepted(envelope.id, name, replies.outcome(self.ledger, self._views, command, by, events))
        self.ledger.remember(Answer(by.device, name, envelope.id, reply))
        self._reply(by.device, reply)

    def _allow(self, envelope: Envelope, name: str, by: Sender, now: Moment) -> None:
        if not may(by.role, name, greeter=self._place.rules.greeter):
            raise Rejected("not-allowed", command=name, role=by.role.value)
        if (name == "next" or (name == "issue" and by.role is Role.KIOSK)) and _too_old(envelope, now):
            raise Rejected("too-old")

    def _button(self, topic: str, device: str, name: str, now: Moment) -> None:
        """A button that says its command in the topic."""
        counter = self._place.counters.get(device)
        if counter is not None and name in BUTTON_COMMANDS and not self._settling(now):
            self._pressed(topic, Press(device, counter, name), now)

    def _plain(self, item: Arrived, now: Moment) -> None:
        """A button with a topic of its own."""
        news = not item.retained and not self._settling(now)
        try:
            for press in self._buttons.read(item.topic, item.payload, news=news):
                self._pressed(item.topic, press, now)
        except BadMessage as error:
            self._turn.complaints[item.topic] = str(error)

    def _settling(self, now: Moment) -> bool:
        return now.mono - self._connected < SETTLING

    def _pressed(self, topic: str, press: Press, now: Moment) -> None:
        """A plain button has no id and gets no reply: what it repeats without a pause is one press."""
        repeats = self._bounce.repeats(press.device, press.command, now.mono)
        if repeats >= STUCK:
            self._turn.complaints[topic] = f"button {press.device} goes on saying {press.command}: is it stuck?"
        if repeats:
            return
        by = Sender(device=press.device, role=Role.CLERK, counter=press.counter)
        try:
            self.ledger.carry_out(COMMANDS[press.command](), by, now)
        except Rejected as why:
            self._turn.complaints[topic] = why.reason

    def _old_counter(self, item: Arrived, number: str) -> None:
        """The retained state of a counter that is no longer there is cleared."""
        known = number in map(str, self.ledger.centre.counters)
        if item.retained and item.payload and not known:
            self._turn.states.append(Publish(item.topic, b"", retain=True))

    def _other_beat(self, item: Arrived, now: Moment) -> None:
        try:
            log = decode(item.payload, Beat).log
        except BadMessage:
            return
        if log == self._log:
            return
        if now.mono - self._connected < NEWCOMER:
            raise SecondHub(log)
        self._turn.complaints[item.topic] = f"another hub (log {log}) came; it should go by itself"

    # -- who asks, who is told --------------------------------------------------------------------------------

    def _sender(self, device: str, envelope: Envelope, name: str) -> Sender:
        """Who stands behind a command: a call unit its counter's clerk; `web` says role and counter itself."""
        kind = self._place.kinds.get(device)
        role = {"counter": Role.CLERK, "kiosk": Role.KIOSK, "web": _role(envelope)}.get(kind or "", Role.READER)
        counter = self._place.counters.get(device)
        if kind == "web" and name in AT_COUNTER:
            counter = envelope.counter
        person = envelope.clerk if kind == "web" else None
        return Sender(device=device, role=role, counter=counter, press=envelope.id, person=person)

    def _replayed(self, asked: Replay) -> dict[str, Any]:
        rows = self._read(asked.from_seq, asked.limit)
        return {"events": [self.speaker.wire_event(row) for row in rows]}

    def _reply(self, device: str, payload: bytes) -> None:
        self._turn.replies.append(self._to(device, payload))

    def _to(self, device: str, payload: bytes) -> Publish:
        return Publish(self._place.topics.reply(device), payload)


def _asked(command: Command, kind: str | None, under_way: float) -> Command:
    """The command as it was meant: a page's `counter` is the one it speaks for, never the one to go to.

    under_way: seconds for which it was held up on a line that was cut; a number given off line is so much older.
    """
    if isinstance(command, TransferTicket) and kind == "web":
        return replace(command, counter=None)
    if isinstance(command, RecordOffline) and kind == "kiosk" and command.seconds_ago is not None:
        return replace(command, seconds_ago=command.seconds_ago + under_way)
    return command


def _under_way(envelope: Envelope, now: Moment) -> float:
    """Seconds since the sender said it, by the hub's own time that the sender knows from the heart; 0 when unlikely."""
    try:
        age = now.wall - seconds(envelope.at) if envelope.at else 0.0
    except ValueError:
        return 0.0
    return age if 0.0 < age < HELD_UP else 0.0


def _role(envelope: Envelope) -> Role:
    """The role that `web` claims for a person; whoever claims none may only read."""
    claimed = envelope.role or ""
    return Role(claimed) if claimed in {Role.GREETER, Role.CLERK, Role.MANAGER} else Role.READER


def _too_old(envelope: Envelope, now: Moment) -> bool:
    try:
        age = now.wall - seconds(envelope.at) if envelope.at else 0.0
    except ValueError:
        return False
    return WANTED < age < UNRELATED
