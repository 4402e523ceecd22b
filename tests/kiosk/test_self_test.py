"""The kiosk looks at itself, with fake devices and with a real broker that is not there."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageChops

from kiosk import self_checks, self_test
from kiosk.__main__ import main as kiosk_program
from kiosk.escpos_decode import Parser, qr_text
from kiosk.fake_printer import FakePrinter
from kiosk.journal import Given, Leased, lines
from kiosk.printer import PrinterSettings, connect
from kiosk.self_checks import (
    check_buttons,
    check_catalogue,
    check_hub,
    check_journal,
    check_printer,
    check_scanner,
    check_speaker,
)
from kiosk.self_test_page import Finding, SelfTestPage, draw_self_test
from kiosk.voice import Mute
from moiso.core.day import Moment
from moiso.devices.fake_gpio import FakePins
from moiso.devices.gpio import Buttons
from moiso.runtime.program import Context, context
from moiso.runtime.site import KioskConf
from moiso.texts import catalogue
from tests.kiosk.patience import hasty, patient
from tests.moiso.runtime.site_text import GOOD

ADDRESSES = """\
ticket_url = "http://an-binh.example/t"

[broker]
port = 1
"""
KIOSK = """
[[kiosk]]
screen = true

[kiosk.printer]
kind = "network"
host = "127.0.0.1"
width = 384

[[kiosk.button]]
service = "A"
pin = 5
lamp = 6
"""
SITE = GOOD.replace("\n[[service]]", f"{ADDRESSES}\n[[service]]", 1) + KIOSK
MOMENT = Moment(wall=1.0, mono=1.0, boot="b", synced=True)
text = catalogue("en").text
PAGE = SelfTestPage(
    centre="Trung tâm Phục vụ hành chính công xã Núi Cấm",
    title="TỰ KIỂM TRA MÁY LẤY SỐ",
    device="kiosk-1",
    at="07:12, 23/11/2026",
    findings=[
        Finding("Máy in: có trả lời", well=True),
        Finding("Cảm biến giấy: sắp hết, hãy chuẩn bị cuộn mới", well=True),
        Finding("Nút bấm: C đang bị đè hoặc chập dây", well=False),
        Finding("Đèn: A, C, H vừa lần lượt sáng, mời xem có đủ không", well=None),
        Finding("Mạng: không kết nối được 192.168.1.10:1883. Kiểm tra dây mạng và máy chính.", well=False),
    ],
    result="CÓ 2 MỤC CẦN SỬA",
    look="Mời xem: chữ đủ dấu, hai dải cuối không có vệt trắng dọc",
)


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> None:
    patient(monkeypatch)


@pytest.fixture
def ctx(tmp_path: Path) -> Context:
    (tmp_path / "site.toml").write_text(SITE, encoding="utf-8")
    (tmp_path / "credentials").mkdir()
    (tmp_path / "credentials" / "kiosk-1").write_text("secret")
    return context("kiosk", "kiosk", ["--site", str(tmp_path / "site.toml"), "--state", str(tmp_path), "--fake"], "")


@pytest.fixture
def conf(ctx: Context) -> KioskConf:
    return ctx.site.kiosks[0]


@pytest.fixture
def pins(monkeypatch: pytest.MonkeyPatch) -> FakePins:
    monkeypatch.setattr(self_checks, "use_real_pins", lambda: None)
    return FakePins({"A": 5})


def test_a_page_is_printed_that_names_what_works(
    ctx: Context, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(self_checks, "LISTEN", 0.2)
    arguments = ["--self-test", "--fake", "--site", str(tmp_path / "site.toml"), "--state", str(tmp_path)]

    assert self_test.main(arguments) == 1

    said = capsys.readouterr().out.splitlines()
    assert "✓ Máy in: có trả lời" in said
    assert "✓ Cảm biến giấy: còn giấy" in said
    assert "· Sổ ghi khi mất mạng: ghi được; còn 0 số dự trữ" in said
    assert "✗ Mạng: không kết nối được 127.0.0.1:1. Kiểm tra dây mạng và máy chính." in said
    assert "✗ Danh mục thủ tục: chưa có. Chạy moiso procedures import trên máy này." in said
    assert said[-1] == "Trang kiểm tra đã in xong."
    printed = (tmp_path / "fake" / "kiosk-1" / "tickets" / "self-test.escpos").read_bytes()
    assert qr_text(list(Parser().feed(printed))) == "http://an-binh.example/t"


@pytest.mark.parametrize(
    ("state", "verdicts"),
    [
        ("ok", [True, True]),
        ("near", [True, True]),
        ("out", [True, False]),
        ("cover", [True, False]),
        ("silent", [None]),
    ],
)
def test_what_the_printer_says_of_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state, verdicts):
    if state == "silent":
        hasty(monkeypatch)
    fake = FakePrinter(tmp_path)
    fake.start()
    fake.set_paper(state)
    assert [finding.well for finding in check_printer(connect(fake.settings), text)] == verdicts
    fake.stop()


def test_a_printer_that_is_not_there():
    nobody = connect(PrinterSettings("network", address="127.0.0.1", port=1))
    (finding,) = check_printer(nobody, text)
    assert not finding.well
    assert "not reached" in finding.words


def test_a_button_that_is_held_down_is_named(
    ctx: Context, conf: KioskConf, pins: FakePins, monkeypatch: pytest.MonkeyPatch
):
    def held(*arguments: object) -> Buttons:
        buttons = Buttons(*arguments)  # type: ignore[arg-type]
        pins.touch("A")
        return buttons

    real = replace(ctx, fake=False)
    assert [finding.well for finding in check_buttons(real, conf, text)] == [True]

    monkeypatch.setattr(self_checks, "Buttons", held)
    (finding,) = check_buttons(real, conf, text)
    assert not finding.well
    assert "A held down" in finding.words


def test_without_pins_it_says_why(ctx: Context, conf: KioskConf):
    (finding,) = check_buttons(replace(ctx, fake=False), conf, text)
    assert not finding.well
    assert "GPIO" in finding.words


def test_a_journal_that_cannot_be_written(ctx: Context, tmp_path: Path):
    assert check_journal(ctx, text) == [Finding("Off-line journal: can be written; 0 numbers in reserve", well=None)]
    assert not check_journal(replace(ctx, state=tmp_path / "nowhere"), text)[0].well
    assert list(tmp_path.glob("tmp*")) == []


def test_numbers_in_reserve_are_counted(ctx: Context, tmp_path: Path):
    block = Leased(service="A", first=700, last=719, size=20, day="2026-11-23")
    given = Given(press="p1", ticket="A700", service="A", number=700, token="t", moment=MOMENT, day="2026-11-23")
    (tmp_path / "kiosk-1.journal").write_bytes(lines([block, given]))

    assert check_journal(ctx, text) == [Finding("Off-line journal: can be written; 19 numbers in reserve", well=True)]


def test_a_password_that_is_missing(ctx: Context, tmp_path: Path):
    (tmp_path / "credentials" / "kiosk-1").unlink()
    (finding,) = check_hub(ctx, text)
    assert not finding.well
    assert "Password" in finding.words


def test_a_kiosk_without_a_page_is_heard_or_says_what_its_loudspeaker_lacks(ctx: Context):
    def broken(_text: str, _wav: bytes) -> None:
        raise Mute("plug in a loudspeaker")

    real, heard = replace(ctx, fake=False), list[str]()
    (spoke,) = check_speaker(real, KioskConf(), text, lambda words, _wav: heard.append(words))
    assert (spoke.well, heard) == (None, [text("self_test.speaker_says")])
    (failed,) = check_speaker(real, KioskConf(), text, broken)
    assert (failed.well, "plug in a loudspeaker" in failed.words) == (False, True)
    assert check_speaker(real, KioskConf(screen=True), text, broken) == []


def test_what_a_kiosk_does_not_have_is_not_looked_for(ctx: Context, conf: KioskConf):
    assert check_scanner(replace(ctx, fake=False), conf, text) == []
    assert check_catalogue(ctx, KioskConf(), text) == []


@pytest.mark.parametrize("width", [384, 576])
def test_every_dot_of_the_head_is_printed_alone_and_with_all_others(width: int):
    page = draw_self_test(PAGE, width)
    bar = page.crop((0, page.height - 16, width, page.height))
    diagonals = page.crop((0, page.height - 56, width, page.height - 24))

    assert not bar.histogram()[255]
    columns = [diagonals.crop((x, 0, x + 1, diagonals.height)).histogram()[0] for x in range(width)]
    assert columns == [1] * width


def test_what_is_wrong_looks_other_than_what_works():
    good, bad, unknown = (
        draw_self_test(replace(PAGE, findings=[Finding("Máy in", well=well)]), 384) for well in (True, False, None)
    )
    assert good.size == bad.size == unknown.size
    assert ImageChops.logical_xor(good, bad).getbbox() is not None
    assert ImageChops.logical_xor(good, unknown).getbbox() is not None


@pytest.mark.parametrize("word", ["--self-test", "--probe"])
def test_the_help_of_each_work_shows_how_it_is_asked_for(word, capsys):
    with pytest.raises(SystemExit):
        kiosk_program([word, "--help"])
    _, _, examples = capsys.readouterr().out.partition("examples:\n")
    assert word in examples
