"""The loudspeaker, through pygame's mixer."""

import time
from collections.abc import Mapping

import pygame

from display.pcm import RATE, joined, seconds
from display.voice import SoundError, Speak

_GRACE = 1.0


class MixerPlayer:
    """Plays one announcement at a time on the default sound device.

    SoundError when there is no device: the display then runs on with volume 0, its calls visibly not spoken. Use
    `pygame.display.init()` for the screen, not `pygame.init()`, which would open the mixer in another format.
    """

    def __init__(self, bank: Mapping[str, bytes]) -> None:
        self._bank = bank
        self._latest_end: float | None = None
        try:
            # The mixer's format is that of the clips: nothing is converted on the way to the device.
            pygame.mixer.init(RATE, -16, 1, 512, allowedchanges=0)
            self._channel = pygame.mixer.Channel(0)
        except pygame.error as error:
            raise SoundError(f"There is no sound device ({error}): plug in a loudspeaker or use --fake.") from error

    def play(self, speak: Speak) -> None:
        """Begin to play. SoundError when the device refuses."""
        pcm = joined(self._bank, speak.clips)
        try:
            sound = pygame.mixer.Sound(buffer=pcm)
            sound.set_volume(speak.volume / 100)
            self._channel.play(sound)
        except pygame.error as error:
            raise SoundError(f"The sound device refused to play ({error}): check the loudspeaker.") from error
        self._latest_end = time.monotonic() + seconds(pcm) + _GRACE

    def over(self) -> bool:
        """Return True once for each `play`: when the device is done, at the latest 1 s after the sound's length."""
        if self._latest_end is None or (self._channel.get_busy() and time.monotonic() < self._latest_end):
            return False
        # A device that was pulled out may stay busy for ever; what it still holds must not sound over the next.
        self._channel.stop()
        self._latest_end = None
        return True

    def close(self) -> None:
        """Stop and give the device back."""
        pygame.mixer.quit()
