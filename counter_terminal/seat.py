"""One address of the serial line as the master knows it: what to ask next, and what the answers mean. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from counter_terminal.exchange import Face, Hello, Poll, UnitState

#: Questions without an answer after which the unit may have another boot word, or be gone.
TRIES = 2
#: Seconds between questions to an address where nobody answers, growing.
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 0.25
#: Whoever did not answer is asked again before all who are only due (by no more than so many seconds), and after
#: whoever has something new to show.
AHEAD = 1.0
#: Seconds without an answer after which people are told.
GONE = 2.0
#: A key that waited so long, seconds, is left for the unit to forget: the hub would drop its command (two seconds).
TOO_OLD = 1.9
#: Two estimates of when one key was pressed differ by less than this, seconds.
SAME_PRESS = 0.3
#: Among how many slots two units at one address choose: when one is looked for, and when time matters more.
SLOTS, FEW_SLOTS = 4, 2


@dataclass(frozen=True, slots=True)
class Key:
    """Somebody pressed this key of the unit at `address`, `age` seconds ago."""

    address: int
    key: str
    age: float


class Seat:
    """The unit at an address: bound to one boot word, so that a second unit at the same address disturbs nothing.

    due: the monotonic moment of the next question, `every` seconds after an answer. began: keys pressed before belong
    to whoever was master then.
    """

    def __init__(self, address: int, began: float, every: float, *, has_keys: bool) -> None:
        self.address, self.due = address, -inf
        self._has_keys, self._every = has_keys, every
        self._face, self._version = Face(), 1
        self._boot: int | None = None
        self._elder: int | None = None
        self._shown = 0
        self._taken: int | None = None
        self._fresh_after, self._heard_at = began, -inf
        self._misses, self._pause, self._spoilt = TRIES, FIRST_PAUSE, False
        self._twin, self._alone, self._suspicious = False, 0, False

    # -- what is wanted ---------------------------------------------------------------------------------------

    def show(self, face: Face) -> None:
        """The unit has to show this, as soon as the line is free."""
        if face != self._face:
            self._face, self._version = face, self._version % 255 + 1
            if self._misses < TRIES:
                self.due = -inf

    def hurry(self, now: float) -> None:
        """The line works again: who was there is asked at once whether it still is, and who was not, who is there."""
        self._misses = TRIES - 1 if self._misses < TRIES else TRIES + 1
        self.due, self._pause, self._shown = now - AHEAD / 2, FIRST_PAUSE, 0

    def works(self, now: float) -> bool:
        """Whether its unit has answered lately."""
        return now - self._heard_at < GONE

    @property
    def doubtful(self) -> bool:
        """Whether there was a second unit at the last look, or something that could not be read."""
        return self._twin or self._suspicious

    def state(self, now: float) -> str:
        """`ready`, `absent`, or `two`: units at this address."""
        return "two" if self._twin else "ready" if self.works(now) else "absent"

    # -- questions and answers --------------------------------------------------------------------------------

    def question(self, width: int, *, check: bool) -> Hello | Poll:
        """What to ask now; `width`: of a slot, milliseconds. check: look for a second unit.

        Whoever has just been lost gets the slots too: a second unit must not be taken for it because of some noise.
        """
        lost = self._boot is None or self._misses >= TRIES
        if check or (lost and self.doubtful):
            return Hello(SLOTS, width)
        if self._boot is not None and self._misses == TRIES:
            return Hello(FEW_SLOTS, width)
        if lost or self._boot is None:
            return Hello(1, 0)
        if self._shown != self._version:
            return Poll(self._boot, self._taken or 0, self._version, self._face)
        return Poll(self._boot, self._taken or 0)

    def over(self, question: Hello | Poll, states: Sequence[UnitState], now: float, *, spoilt: bool) -> list[Key]:
        """What came back, perhaps nothing; spoilt: something did that was no answer."""
        if isinstance(question, Hello):
            self._look_around(question, states, spoilt=spoilt)
        mine = next((state for state in states if self._is_mine(state)), None)
        if mine is None:
            self._missed(question, now, spoilt=spoilt, stranger=len({state.boot for state in states}) == 1)
            return []
        # A unit that was just told and shows something else is left in peace for a while.
        told = isinstance(question, Poll) and question.version == self._version
        self._misses, self._pause, self._heard_at, self._shown = 0, FIRST_PAUSE, now, mine.version
        self.due = -inf if mine.version != self._version and not told else now + self._every
        return self._take(mine, now)

    def _look_around(self, hello: Hello, states: Sequence[UnitState], *, spoilt: bool) -> None:
        boots = {state.boot for state in states}
        self._suspicious = spoilt and not boots
        if len(boots) > 1:
            self._twin, self._alone = True, 0
            if self._elder in boots:  # it was there first, and only noise made us take the other one for it
                self._boot, self._elder, self._taken = self._elder, None, None
        elif hello.slots > 1 and boots and not spoilt:
            self._alone += 1
            self._twin = self._twin and self._alone < TRIES

    def _is_mine(self, state: UnitState) -> bool:
        """Whether this is our unit, or becomes it: alone at an address where ours does not answer any more."""
        if state.boot == self._boot:
            return True
        if self._twin or (self._boot is not None and self._misses < TRIES):
            return False
        self._elder, self._boot, self._taken = self._boot, state.boot, None
        return True

    def _missed(self, question: Hello | Poll, now: float, *, spoilt: bool, stranger: bool) -> None:
        """Ours did not answer. It is asked again at once where noise or a stranger may be the reason, once or twice."""
        self.due = now - AHEAD
        if isinstance(question, Hello) and self._misses < TRIES:
            return  # a look around says nothing against a unit that answers when it is asked: ask it
        self._misses += 1
        again, self._spoilt = not self._spoilt if spoilt else stranger, spoilt
        if self._misses > TRIES and not again:
            self._pause = FIRST_PAUSE if spoilt else min(2 * self._pause, LONGEST_PAUSE)
            self.due = now + self._pause

    def _take(self, state: UnitState, now: float) -> list[Key]:
        """The key that waits, unless it was taken already: by its number, or for an unknown unit by its moment."""
        if not self._has_keys or state.key is None or state.key_seq == self._taken or state.age >= TOO_OLD:
            return []
        pressed = now - state.age
        if self._taken is None and pressed <= self._fresh_after:
            return []
        self._taken, self._fresh_after = state.key_seq, pressed + SAME_PRESS
        return [Key(self.address, state.key, state.age)]
