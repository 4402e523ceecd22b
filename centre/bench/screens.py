"""(b) From a changed view to the flipped screen, per screen size, beside filling and flipping all of it.

`python -m centre.bench.screens WIDTH HEIGHT ROUNDS` measures one size in a process of its own, without a monitor
(SDL_VIDEODRIVER says otherwise), and prints JSON.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from centre.bench.table import Figure, p50, p99
from display import fonts
from display.layout import picture
from display.screen import Screen
from display.view import Call, Service, WallView
from moiso.texts import catalogue

SIZES = ((1366, 768), (1920, 1080), (3840, 2160))
VIEW = WallView(
    centre="Trung tâm Phục vụ hành chính công phường An Bình",
    now=datetime(2026, 11, 23, 9, 42, tzinfo=UTC),
    call=Call("A001", "Quầy 3", 0),
    recent=tuple(Call(f"B{number:03}", "Quầy 1", 60.0 * number) for number in range(1, 7)),
    services=tuple(Service(code, "Chứng thực – Hộ tịch", 12, (10, 20), 3) for code in "ABCHK"),
)


class Wall:
    """One screen and what stands on it."""

    def __init__(self, width: int, height: int) -> None:
        self._screen = Screen([os.environ.get("SDL_VIDEODRIVER", "dummy")], (width, height))
        self._text, self._view = catalogue("vi").text, VIEW

    def call(self, number: int) -> float:
        """Milliseconds from a view with a new call to its picture on the screen."""
        return self._show(replace(self._view, call=Call(f"A{number % 1000:03}", f"Quầy {number % 4 + 1}", 0)))

    def minute(self) -> float:
        """The same when only the clock moves."""
        return self._show(replace(self._view, now=self._view.now + timedelta(minutes=1)))

    def flip(self, number: int) -> float:
        """Milliseconds to fill and flip the whole screen, by pygame alone."""
        began = time.perf_counter()
        import pygame

        surface = pygame.display.get_surface()
        assert surface is not None
        surface.fill((number % 256, 0, 0))
        pygame.display.flip()
        return 1000 * (time.perf_counter() - began)

    def _show(self, view: WallView) -> float:
        self._view = view
        began = time.perf_counter()
        self._screen.show(picture(view, self._screen.size, fonts.width, self._text))
        return 1000 * (time.perf_counter() - began)


def measure(rounds: int, tell: Callable[[str], None]) -> list[Figure]:
    """Every size."""
    figures = []
    for width, height in SIZES:
        tell(f"{width} x {height}")
        figures += _figures(f"{width} x {height}", _elsewhere(width, height, rounds))
    return figures


def _elsewhere(width: int, height: int, rounds: int) -> dict[str, list[float]]:
    line = [sys.executable, "-P", "-m", "centre.bench.screens", *map(str, (width, height, rounds))]
    found: dict[str, list[float]] = json.loads(subprocess.run(line, check=True, capture_output=True).stdout)
    return found


def _figures(size: str, found: dict[str, list[float]]) -> list[Figure]:
    low = p50(found["flip"])
    return [
        Figure("b", f"{size}: new call, {name}", value, "ms", low, value / low)
        for name, value in (("p50", p50(found["call"])), ("p99", p99(found["call"])))
    ] + [Figure("b", f"{size}: new minute, p50", p50(found["minute"]), "ms", low, p50(found["minute"]) / low)]


def main() -> None:
    """Measure one size."""
    width, height, rounds = map(int, sys.argv[1:])
    wall = Wall(width, height)
    wall.call(0)
    taken: dict[str, list[float]] = {"call": [], "minute": [], "flip": []}
    for number in range(1, rounds + 1):
        taken["call"].append(wall.call(number))
        taken["minute"].append(wall.minute())
        taken["flip"].append(wall.flip(number))
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
