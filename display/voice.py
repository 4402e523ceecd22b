"""The one voice of the hall: which announcement is spoken now, which wait, which are not spoken. Pure.

All counters share one queue. An announcement is the chime and the sentence; a call's sentence comes once more if
nothing else waits. A call that can no longer be heard in time, or at all, is reported, never forgotten; one that was
taken back is forgotten.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from display.announcement import Announcement, Counter, Kind
from display.phrases import CHIME, NORTH, PAUSE, STOP, Reading, as_text

Why = Literal["late", "quiet", "no-voice", "no-sound"]


@dataclass(frozen=True)
class Speak:
    """Play these clips now. `text` is what they say, empty for the chime alone; `volume` is 1 to 100.

    `first` is false for the second reading. Only a call has a counter; what is about nobody has no ticket either.
    """

    ticket: str | None
    counter: Counter | None
    clips: tuple[str, ...]
    text: str
    volume: int
    first: bool


@dataclass(frozen=True)
class Skipped:
    """This is not spoken: too `late`, volume 0 (`quiet`), clips missing (`no-voice`), player refused (`no-sound`)."""

    ticket: str | None
    counter: Counter | None
    why: Why


Output = Speak | Skipped


class SoundError(Exception):
    """The sound device refuses; the message is one sentence that says why and what to do."""


class Player(Protocol):
    """What plays a `Speak`: a real sound device or its fake."""

    def play(self, speak: Speak) -> None:
        """Begin to play; not before the last one is over. SoundError when the device refuses."""

    def over(self) -> bool:
        """Return True once for each `play`, when it is over."""


class VoiceQueue:
    """The queue of announcements. Times are seconds of one clock that never jumps; ages are seconds too.

    `bank` holds the names of the clips there are; `volume` is 0 to 100, and 0 means that nothing is spoken.
    Every input returns what to do now: at most one `Speak` to play, and what was skipped.
    """

    def __init__(
        self,
        bank: Collection[str],
        *,
        reading: Reading = NORTH,
        volume: int = 100,
        speak_within: float = 30.0,
    ) -> None:
        self._bank = frozenset(bank)
        self._reading = reading
        self._volume = volume
        self._speak_within = speak_within
        self._waiting: list[Announcement] = []
        self._current: tuple[Announcement, Speak] | None = None
        self._held = False

    @property
    def speaking(self) -> Speak | None:
        """What is being played, if anything."""
        return self._current[1] if self._current else None

    @property
    def volume(self) -> int:
        """The volume, 0 to 100."""
        return self._volume

    @property
    def idle(self) -> bool:
        """Whether nothing is being spoken and nothing waits."""
        return not self._current and not self._waiting

    @property
    def calls(self) -> list[tuple[str, int]]:
        """Ticket and seq of each call that waits or is being spoken."""
        current = [self._current[0]] if self._current else []
        return [(one.ticket, one.seq) for one in [*current, *self._waiting] if one.ticket and one.counter is not None]

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing is begun inside: what is taken back in the same moment shall not be spoken. `tick` begins it."""
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def call(
        self, ticket: str, counter: Counter, now: float, age: float = 0.0, *, seq: int = 0, training: bool = False
    ) -> list[Output]:
        """Announce a call made `age` seconds ago by the event `seq`.

        If the ticket still waits to be announced it keeps that place, and is sent to the newer counter.
        """
        made = now - max(0.0, age)
        return self._add(Announcement("call", made, ticket, counter, seq=seq, training=training), now)

    def recall(
        self, ticket: str, counter: Counter, now: float, age: float = 0.0, *, seq: int = 0, training: bool = False
    ) -> list[Output]:
        """Announce a ticket again. If its call still waits, that call is as fresh as this, and stays one."""
        made = now - max(0.0, age)
        return self._add(Announcement("recall", made, ticket, counter, seq=seq, training=training), now)

    def withdraw(self, seqs: Collection[int]) -> set[str]:
        """These calls were taken back: what waits is never spoken, what is being spoken ends and is not read again.

        Returns the tickets of those that waited.
        """
        if self._current and self._current[0].seq in seqs:
            self._current = (replace(self._current[0], once=True), self._current[1])
        gone = {one.ticket for one in self._waiting if one.seq in seqs and one.ticket}
        self._waiting = [one for one in self._waiting if one.seq not in seqs]
        return gone

    def please_wait(self, ticket: str, now: float, age: float = 0.0, *, training: bool = False) -> list[Output]:
        """Say once to somebody whose call was heard and taken back `age` seconds ago to wait."""
        return self._add(Announcement("wait", now - max(0.0, age), ticket, training=training, once=True), now)

    def tell(self, kind: Kind, named: tuple[str, ...], now: float, *, training: bool = False) -> list[Output]:
        """Say once something about lunch; it names these numbers (`before-lunch`) or services (`after-lunch`)."""
        return self._add(Announcement(kind, now, named=named, training=training, once=True), now)

    def test(self, now: float) -> list[Output]:
        """Announce a test of the loudspeaker; a second one while one waits changes nothing."""
        return self._add(Announcement("test", now, once=True), now)

    def over(self, now: float) -> list[Output]:
        """The player is done with the last `Speak`: read it again or go on."""
        ended, self._current = self._current, None
        skipped = self._drop_unspoken(now)
        if ended and self._is_to_repeat(*ended):
            return [*skipped, self._begin(ended[0], first=False)]
        return [*skipped, *self._next()]

    def failed(self, now: float) -> list[Output]:
        """The player refused the last `Speak`: report it, unless it was heard once, and go on."""
        ended, self._current = self._current, None
        lost: list[Output] = []
        if ended and ended[1].first and ended[1].text:
            lost = [_skipped(ended[0], "no-sound")]
        return [*lost, *self.tick(now)]

    def tick(self, now: float) -> list[Output]:
        """Drop what has become too late and, if nothing is being spoken, begin the next."""
        return [*self._drop_unspoken(now), *self._next()]

    def _add(self, new: Announcement, now: float) -> list[Output]:
        if new.counter is not None:
            # Who is called does not have to wait any more.
            self._waiting = [old for old in self._waiting if old.kind != "wait" or old.ticket != new.ticket]
        same = [i for i, old in enumerate(self._waiting) if (old.ticket, old.named) == (new.ticket, new.named)]
        if not same:
            self._waiting.append(new)
        elif new.kind != "wait":
            self._waiting[same[0]] = _refreshed(self._waiting[same[0]], new)
        return self.tick(now)

    def _drop_unspoken(self, now: float) -> list[Output]:
        fates = [(one, self._why_not(one, now)) for one in self._waiting]
        self._waiting = [one for one, why in fates if not why]
        return [_skipped(one, why) for one, why in fates if why]

    def _why_not(self, one: Announcement, now: float) -> Why | None:
        if now - one.made_at > self._speak_within:
            return "late"
        return None if self._volume else "quiet"

    def _is_to_repeat(self, one: Announcement, spoken: Speak) -> bool:
        return spoken.first and spoken.text != "" and not one.once and not self._waiting

    def _next(self) -> list[Output]:
        if self._current or self._held or not self._waiting:
            return []
        one = self._waiting.pop(0)
        speak = self._begin(one, first=True)
        return [speak] if speak.text else [_skipped(one, "no-voice"), speak]

    def _begin(self, one: Announcement, *, first: bool) -> Speak:
        sentence = one.sentence(self._reading, first=first)
        if not set(sentence) - {PAUSE, STOP} <= self._bank:
            sentence = ()
        clips = (CHIME, *sentence) if first else sentence
        speak = Speak(one.ticket, one.counter, clips, as_text(sentence), self._volume, first)
        self._current = (one, speak)
        return speak


def _refreshed(old: Announcement, new: Announcement) -> Announcement:
    """What waits is as fresh as what came, and still the same call if that was only repeated."""
    if new.kind == "recall":
        return replace(old, made_at=new.made_at, counter=new.counter)
    return replace(new, kind=old.kind)


def _skipped(one: Announcement, why: Why) -> Skipped:
    return Skipped(one.ticket, one.counter, why)
