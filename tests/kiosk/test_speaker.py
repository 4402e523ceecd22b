"""What a kiosk without a page says aloud, and the loudspeaker that says it."""

import json
import threading
from datetime import UTC
from pathlib import Path

import pytest

from kiosk.ports import Printed
from kiosk.scans import Scanned
from kiosk.speaker import Speaker, fake_player
from kiosk.voice import Mute, Voice
from tests.kiosk.apart import stocked
from tests.kiosk.front import Front, printing, working
from tests.whole.centre import until
from tests.whole.talk import PATIENCE

NO_PAPER = "Máy hết giấy, mời gặp cán bộ"


# -- what it says -----------------------------------------------------------------------------------------------------


def test_a_kiosk_that_knows_that_its_paper_is_out_says_so_at_a_press_and_asks_for_no_number():
    front = working()
    front.paper("out")
    assert front.press("A") == []
    assert front.spoken == [NO_PAPER]


def test_a_paper_that_runs_out_under_a_press_is_said_too():
    front = printing("A001")
    front.printer_says("out", refused=True)
    assert front.spoken == [NO_PAPER]


@pytest.mark.parametrize(
    ("paper", "words"),
    [("cover", "Nắp máy in đang mở, mời gặp cán bộ"), ("cutter", "Máy in đang trục trặc, mời gặp cán bộ")],
)
def test_nobody_looks_for_paper_where_something_else_is_wrong(paper: str, words: str):
    front = working()
    front.paper(paper)
    front.press("A")
    assert front.spoken == [words]


def test_an_empty_block_sends_to_the_staff():
    kiosk = stocked()
    kiosk.cut()
    for _ in range(20):
        kiosk.press("A", after=2)
        kiosk.turn(Printed(kiosk.jobs[-1].ticket, None))
    assert kiosk.spoken == []
    kiosk.press("A", after=2)
    assert kiosk.spoken == ["Máy chưa cấp được số. Xin hỏi cán bộ hướng dẫn."]


def test_who_may_hold_half_a_ticket_hears_its_number():
    front = printing("A001")
    front.printer_says("line-lost")
    assert front.spoken == ["Số của quý vị là A001. Máy chưa in xong phiếu, mời gặp cán bộ."]


def test_what_comes_of_a_code_is_said():
    front = working()
    front.turn(Scanned("other"))
    ((_, asked),) = front.turn(Scanned("ticket", "0123456789abcdef"), after=5)
    front.reply(("return", asked), {"ticket": "A012", "ahead": 2})
    assert front.spoken == [
        "Không cần quét thẻ. Mời chọn việc cần làm, hoặc hỏi cán bộ hướng dẫn.",
        "Số A012 đã vào lại hàng chờ, còn 2 người trước quý vị. Mời quý vị ngồi chờ.",
    ]


@pytest.mark.parametrize("screen", [True, False])
def test_where_there_is_a_page_nothing_is_said_unasked(screen: bool):
    front = working(screen=screen)
    front.turn(Scanned("other"))
    assert bool(front.spoken) is not screen


# -- the loudspeaker --------------------------------------------------------------------------------------------------


class Deaf(Voice):
    """A voice whose sound is its text."""

    def __init__(self) -> None:
        super().__init__("north", None)
        self.keys: list[str] = []

    def say(self, language: str, key: str, text: str) -> bytes:
        self.keys.append(f"{language}/{key}")
        return text.encode()


def test_one_sentence_after_the_other_and_none_twice_at_once():
    voice, go, said = Deaf(), threading.Semaphore(0), list[str]()

    def play(text: str, _wav: bytes) -> None:
        go.acquire()
        said.append(text)

    speaker = Speaker(voice, play)
    speaker.start()
    for _ in range(5):
        speaker.say(NO_PAPER)
    go.release()
    until(lambda: said == [NO_PAPER], PATIENCE, "the first is not said")
    for text in ("một", "hai", "ba"):
        speaker.say(text)
    go.release(3)
    until(lambda: said[-1] == "ba", PATIENCE, "the last is not said")
    assert len(said) <= 4
    assert voice.keys[0] == "vi/no_paper", "so that a recording can stand for it"
    speaker.stop()


def test_a_device_that_refuses_is_said_once_in_the_log_and_tried_again(caplog: pytest.LogCaptureFixture):
    tried: list[str] = []

    def play(text: str, _wav: bytes) -> None:
        tried.append(text)
        raise Mute("plug in a loudspeaker")

    speaker = Speaker(Deaf(), play)
    speaker.start()
    for text in ("một", "hai"):
        speaker.say(text)
        until(lambda: tried[-1:] == [text], PATIENCE, "not tried")  # noqa: B023  looked at before the next
    speaker.stop()
    until(lambda: bool(caplog.messages), PATIENCE, "nothing is said of it")
    assert caplog.messages == ["the kiosk cannot speak: plug in a loudspeaker"]


def test_the_fake_writes_down_what_it_says(tmp_path: Path):
    fake_player(tmp_path, UTC)(NO_PAPER, b"RIFF")
    (line,) = (tmp_path / "spoken.jsonl").read_text(encoding="utf-8").splitlines()
    said = json.loads(line)
    assert (said["text"], said["ticket"], said["counter"]) == (NO_PAPER, None, None)
    assert (tmp_path / "spoken.wav").read_bytes() == b"RIFF"


def test_a_kiosk_in_its_own_life_stays_silent_while_all_is_well():
    front = Front()
    front.connect()
    front.paper("ok")
    front.press("A")
    assert front.spoken == []
