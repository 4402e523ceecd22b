"""The wall's screen: opens it full screen, paints what changed, saves a picture. pygame-ce, its needed parts only."""

import os
from collections.abc import Sequence
from pathlib import Path

from display import fonts
from display.paint import Box, Picture, Rect, Size, Text
from display.png import encode

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
import pygame

INVISIBLE = ("offscreen", "dummy")
REPAINT = (pygame.WINDOWEXPOSED, pygame.WINDOWSIZECHANGED, pygame.WINDOWRESTORED)


class ScreenError(RuntimeError):
    """No screen could be opened; the message is one sentence that says what to do."""


class Screen:
    """The one window of the program. Not for use from several threads."""

    def __init__(self, drivers: Sequence[str] = (), size: Size | None = None) -> None:
        """Open the first of SDL's `drivers` that works ("kmsdrm", "wayland", "x11"; none = SDL's own choice).

        `size` None takes the whole screen, else a window of that size. Raises ScreenError.
        """
        # SDL would take SIGTERM and SIGINT for itself
        os.environ.setdefault("SDL_NO_SIGNAL_HANDLERS", "1")
        self._surface = _open(drivers, size)
        self._glyphs: dict[Text, tuple[pygame.Surface, int]] = {}
        self._shown: Picture = ()
        pygame.mouse.set_visible(False)
        pygame.event.set_blocked(None)
        pygame.event.set_allowed((pygame.QUIT, *REPAINT))

    @property
    def size(self) -> Size:
        """Width and height in pixels, as they are now."""
        return self._surface.get_size()

    def show(self, picture: Picture) -> bool:
        """Paint what differs from the picture before; true when anything was painted. Call it at every tick."""
        self._hear_window()
        if picture == self._shown:
            return False
        dirty = changed(self._shown, picture, self.size)
        self._glyphs = {p: self._glyph(p) for p in picture if isinstance(p, Text)}
        for box in dirty:
            self._paint(picture, box)
        self._shown = picture
        pygame.display.update(dirty)
        return True

    def closed(self) -> bool:
        """Whether somebody closed the window (never on a screen without a desktop)."""
        return pygame.event.peek(pygame.QUIT)

    def save(self, path: Path) -> None:
        """Write the picture as PNG; a reader sees the old file or the new one, whole. Raises OSError."""
        pixels = pygame.image.tobytes(self._surface, "RGB", False, 3 * self.size[0] + 1)
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_bytes(encode(pixels, self.size))
        fresh.replace(path)

    def close(self) -> None:
        """Give the screen back."""
        pygame.display.quit()

    def _hear_window(self) -> None:
        if pygame.event.get(REPAINT):
            self._surface = pygame.display.get_surface() or self._surface
            self._shown = ()

    def _glyph(self, line: Text) -> tuple[pygame.Surface, int]:
        known = self._glyphs.get(line)
        return known if known is not None else fonts.glyphs(line.text, line.px, line.weight, line.colour)

    def _paint(self, picture: Picture, box: Box) -> None:
        self._surface.set_clip(box)
        for primitive in picture:
            if not pygame.Rect(box).colliderect(primitive.box):
                continue
            if isinstance(primitive, Rect):
                _fill(self._surface, primitive)
            else:
                surface, rise = self._glyphs[primitive]
                self._surface.blit(surface, (primitive.box.x, primitive.baseline - rise))
        self._surface.set_clip(None)


def changed(old: Picture, new: Picture, size: Size) -> list[Box]:
    """The boxes to paint again to come from one picture to the other; the whole screen when there was none."""
    if not old:
        return [Box(0, 0, *size)]
    boxes = {primitive.box for primitive in set(old) ^ set(new)}
    return [box for box in boxes if not any(box != other and _inside(box, other) for other in boxes)]


def _inside(box: Box, other: Box) -> bool:
    return pygame.Rect(other).contains(box)


def _open(drivers: Sequence[str], size: Size | None) -> pygame.Surface:
    refusals = []
    for driver in drivers or ("",):
        try:
            _start(driver)
            return pygame.display.set_mode(size or (0, 0), 0 if size else pygame.FULLSCREEN)
        except pygame.error as error:
            refusals.append(f"{driver or 'default'}: {error}")
            pygame.display.quit()
    raise ScreenError(
        f"No screen could be opened ({'; '.join(refusals)}): connect one, start the display from the desktop, "
        "or name the right drivers for this machine in site.toml."
    )


def _start(driver: str) -> None:
    chosen = driver or os.environ.get("SDL_VIDEODRIVER")
    if driver:
        os.environ["SDL_VIDEODRIVER"] = driver
    pygame.display.init()
    # SDL, left alone, ends with a screen that nobody can see
    if not chosen and pygame.display.get_driver() in INVISIBLE:
        raise pygame.error("no video device found")
    # a plain X11 image takes a third of the memory and a fortieth of the time of an emulated graphics card
    if pygame.display.get_driver() == "x11":
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")


def _fill(surface: pygame.Surface, rect: Rect) -> None:
    radius = min(rect.radius, (rect.box.w - 1) // 2, (rect.box.h - 1) // 2)
    surface.fill(rect.colour, rect.box.inset(0, radius))
    surface.fill(rect.colour, rect.box.inset(radius, 0))
    for corner in rect.box.inset(radius, radius).corners() if radius else ():
        pygame.draw.aacircle(surface, rect.colour, corner, radius)
