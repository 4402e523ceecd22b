"""One wall display under virtual time: its machine, its loudspeaker, and somebody who looks and listens."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from centre.simulate.device_host import DeviceHost
from centre.simulate.ears import TURN, Ears
from centre.simulate.eyes import LAG, Truth
from centre.simulate.ground import Ground
from centre.simulate.hub_host import HubHost
from centre.simulate.loudspeaker import Loudspeaker
from display.clips import vocabulary
from display.machine import Wall
from display.phrases import Reading
from display.view import WallView
from display.voice import Speak, VoiceQueue
from moiso.wire.ports import LinkUp

#: Seconds until a wall that has just connected, or a world that we have just begun to watch, shows the truth.
SETTLED = 5.0


class WallStand:
    """A wall in the hall."""

    def __init__(self, ground: Ground, hub: HubHost, device: str, truth: Truth) -> None:
        self._ground, self._hub, self._truth = ground, hub, truth
        self.host = DeviceHost(ground, hub, device, self._make, self._perform, patient=True, role="display")
        self.host.overhear = self._overhear
        self.loudspeaker = Loudspeaker(ground.time, ground.chance(f"loudspeaker {device}"), self.host.put)
        self.ears = Ears(ground.site.topics, ground.site.voice.speak_within, self._marks)
        self.looks = 0
        self._up_since = self._looked = 0.0

    def start(self) -> None:
        """Switched on."""
        self.host.start()

    def die(self) -> None:
        """The program is killed in the middle of a word."""
        self.host.die()
        self.loudspeaker.stop()
        self.ears.forget()

    def _make(self) -> Wall:
        voice = self._ground.site.voice
        reading, volume = Reading(voice.style, voice.region), voice.volume if voice.on else 0
        queue = VoiceQueue(vocabulary(), reading=reading, volume=volume, speak_within=voice.speak_within)
        return Wall(self._ground.site.topics, self._ground.site.site.name, queue, has_clips=True, trial=False)

    def _perform(self, output: Any) -> None:
        if isinstance(output, Speak):
            self.loudspeaker.play(output)

    # -- who looks and listens ----------------------------------------------------------------------------------

    def _overhear(self, items: Sequence[object], outputs: Sequence[object]) -> None:
        now = self._ground.time.now
        if any(isinstance(item, LinkUp) for item in items):
            self._up_since = now
        self.ears.overhear(items, outputs, now, self._hub.clock.moment().wall)
        late = self.ears.deadline()
        if late is not None:
            self.host.wake(late + TURN)
        if self._ground.attention.close and now - self._looked >= 1.0 and self._in_touch(now):
            self._looked, self.looks = now, self.looks + 1
            self._truth.check(self._view(), now, LAG + 2 * self._ground.broker.weather.worst)

    def _in_touch(self, now: float) -> bool:
        """Whether beats have come for a while: only then the wall promises anything."""
        since = max(self._up_since, self._ground.attention.since, self._hub.heard_since)
        return self.host.wire.up and self._hub.heard and now - since > SETTLED + 2 * self._ground.broker.weather.worst

    def _view(self) -> WallView:
        assert isinstance(self.host.machine, Wall)
        return self.host.machine.view(datetime.fromtimestamp(self._hub.clock.true, UTC))

    def _marks(self) -> dict[str, bool]:
        view = self._view()
        return {call.ticket: call.unspoken for call in (view.call, *view.recent) if call is not None}
