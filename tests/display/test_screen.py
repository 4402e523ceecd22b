"""The screen: paints only what changed, saves whole files, says in one sentence why it cannot open."""

from dataclasses import replace

import pygame
import pytest

from display.fake_screen import FakeScreen
from display.screen import Screen, ScreenError
from display.view import Call
from tests.display.scenes import BUSY, SCENES, drawn

SIZE = (1366, 768)
MOMENTS = {
    **SCENES,
    "next": replace(BUSY, call=Call("Q026", "Quầy 1", 30)),
    "flash": replace(BUSY, call=Call("A025", "Quầy 3", 0)),
}


class Clock:
    """A clock moved by hand, seconds."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def screen(tmp_path, clock):
    opened = FakeScreen(tmp_path / "screen.png", clock, SIZE)
    yield opened
    opened.close()


def pixels():
    return pygame.image.tobytes(pygame.display.get_surface(), "RGB")


@pytest.mark.parametrize("after", MOMENTS)
@pytest.mark.parametrize("before", ["busy", "idle", "flash"])
def test_painting_what_changed_gives_the_same_as_painting_all(screen, before, after):
    screen.show(())
    screen.show(drawn(MOMENTS[after], SIZE))
    whole = pixels()
    screen.show(drawn(MOMENTS[before], SIZE))
    screen.show(drawn(MOMENTS[after], SIZE))
    assert pixels() == whole


def test_an_unchanged_picture_is_not_painted_again(screen):
    assert screen.show(drawn(BUSY, SIZE))
    assert not screen.show(drawn(BUSY, SIZE))


def test_a_minute_later_only_the_clock_is_painted(screen, monkeypatch):
    painted = []
    screen.show(drawn(BUSY, SIZE))
    monkeypatch.setattr(pygame.display, "update", painted.extend)
    screen.show(drawn(replace(BUSY, now=BUSY.now.replace(minute=43)), SIZE))
    assert 0 < sum(box.w * box.h for box in painted) < 0.02 * SIZE[0] * SIZE[1]


def test_a_window_uncovered_is_painted_whole(screen):
    picture = drawn(BUSY, SIZE)
    screen.show(picture)
    whole = pixels()
    pygame.display.get_surface().fill((255, 0, 0))
    pygame.event.post(pygame.event.Event(pygame.WINDOWEXPOSED))
    assert screen.show(picture)
    assert pixels() == whole


def test_closing_the_window_is_noticed(screen):
    assert not screen.closed()
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    screen.show(drawn(BUSY, SIZE))
    assert screen.closed()


def test_the_fake_saves_twice_a_second_and_never_forgets_the_last(screen, clock, tmp_path):
    file = tmp_path / "screen.png"
    saves = []
    for tick in range(20):
        clock.now += 0.125
        screen.show(drawn(replace(BUSY, call=Call(f"A{min(tick, 11):03}", "Quầy 3", 60)), SIZE))
        if not saves or file.stat().st_mtime_ns != saves[-1]:
            saves.append(file.stat().st_mtime_ns)
    assert len(saves) == 4
    saved = pygame.image.load(file)
    assert pygame.image.tobytes(saved, "RGB") == pixels()


def test_saving_leaves_one_whole_file(screen, tmp_path):
    screen.show(drawn(BUSY, SIZE))
    screen.save(tmp_path / "screen.png")
    assert [file.name for file in tmp_path.iterdir()] == ["screen.png"]
    assert pygame.image.load(tmp_path / "screen.png").get_size() == SIZE


def test_saving_where_there_is_no_folder_is_an_os_error(screen, tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        screen.save(tmp_path / "nowhere" / "screen.png")


def test_no_screen_is_one_sentence_that_names_every_driver_tried():
    with pytest.raises(ScreenError, match=r"^No screen could be opened \(nosuch: .*; nonesuch: .*\): connect"):
        Screen(("nosuch", "nonesuch"))


def test_a_screen_nobody_can_see_is_not_taken_by_itself(monkeypatch):
    for name in ("SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ScreenError, match="no video device found"):
        Screen()


def test_the_next_driver_is_tried():
    screen = Screen(("nosuch", "dummy"), SIZE)
    try:
        assert screen.size == SIZE
    finally:
        screen.close()
