"""`moiso status` says in plain words what is wrong and what to do."""

import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from centre.hall import Hall
from centre.status import Heard, catalogue_lines, main, report
from moiso.procedures.store import About
from moiso.runtime.site import load
from moiso.wire.codec import encode
from moiso.wire.messages import Account, Alarm, Beat, DayState, Status
from tests.centre.test_hall import board, counter
from tests.whole.talk import PATIENCE

NORMAL = Path("examples/normal.toml").absolute()
SITE = load(NORMAL)
WITH_PAGE = replace(SITE, kiosks=tuple(replace(kiosk, screen=True) for kiosk in SITE.kiosks))
#: Seconds for what a broker has kept to arrive, on a busy machine too.
LONG_ENOUGH = 6.0
ACCOUNT = Account(issued=9, served=5, inferred=0, absent=1, void=0, expired=0, waiting=3, at_counters=0, leased=[])


def day(**changes):
    given = {"log": "l", "seq": 1, "at": "", "day": "2026-11-23", "label": "2026-11-23", "open": True}
    return DayState(**(given | {"account": ACCOUNT} | changes))


def status(state="ready", **detail):
    return Status(state=state, session="s", role="r", software="1", detail=detail)


def everything_well():
    devices = {device: status() for device in SITE.devices()}
    return Heard(True, Beat(log="l", seq=1, at="", clock="synced"), Hall(day()), devices)


def test_all_is_well():
    lines = report(SITE, everything_well(), "vi")
    assert all(good for good, _ in lines)
    assert len(lines) == 2 + len(SITE.devices()) - 1


def test_without_a_broker_that_is_the_one_thing_said():
    assert [good for good, _ in report(SITE, Heard(), "vi")] == [False]


def test_a_silent_hub_is_named_first():
    heard = everything_well()
    heard.beat = None
    good, line = report(SITE, heard, "en")[0]
    assert (good, "hub does not answer" in line) == (False, True)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (status("lost"), "mất kết nối"),
        (status("stopped"), "chưa sẵn sàng"),
        (status("ready", paper="near"), "sắp hết giấy"),
        (status("stopped", paper="out"), "thay cuộn giấy"),
        (status("stopped", paper="offline"), "máy in"),
        (status("stopped", keypad="no-line", sign="no-line"), "cắm lại bộ chuyển đổi"),
        (status("stopped", keypad="absent", sign="ready"), "địa chỉ của bộ phím"),
        (status("ready", keypad="two", sign="absent"), "chung một địa chỉ"),
        (status("ready", keypad="ready", sign="absent"), "bảng số của quầy không trả lời"),
        (status("ready", sign="two"), "chung địa chỉ"),
        (status("stopped", journal="no space left on device"), "thẻ nhớ"),
        (status("ready", dropped=["A700", "A701"]), "A700, A701"),
        (status("stopped", leases={"A": 0, "B": 20}), "số dự phòng"),
    ],
)
def test_a_device_in_trouble_is_named_with_what_to_do(said, words):
    heard = everything_well()
    heard.devices["kiosk-1"] = said
    bad = [line for good, line in report(SITE, heard, "vi") if not good]
    assert len(bad) == 1
    assert "kiosk-1" in bad[0]
    assert words in bad[0]


def test_a_device_never_seen_is_not_well():
    heard = everything_well()
    del heard.devices["display-1"]
    assert [line for good, line in report(SITE, heard, "en") if not good] == [
        "Wall display display-1: was never connected. Switch it on and check its network cable."
    ]


def test_a_day_that_people_must_judge_is_not_well():
    heard = everything_well()
    heard.hall.day = day(ask=True)
    assert not report(SITE, heard, "vi")[1][0]


@pytest.mark.parametrize(("language", "service"), [("vi", "Chứng thực"), ("en", "Certified copies")])
def test_services_and_counters_are_called_as_people_call_them(language, service):
    heard = everything_well()
    heard.hall.day = day(alarms=[Alarm(service="A", waiting=3, counters=[4])])
    (bad,) = [line for good, line in report(SITE, heard, language) if not good]
    assert service in bad
    assert "Quầy 4" in bad


def test_without_a_word_it_looks_where_an_installed_centre_keeps_its_data(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("centre.bundle.STATE", tmp_path / "installed")
    assert main(["--site", str(NORMAL)]) == 78
    assert str(tmp_path / "installed") in capsys.readouterr().err


def test_without_a_word_it_finds_a_centre_that_was_tried_here(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "state" / "an-binh").mkdir(parents=True)
    assert main(["--site", str(NORMAL)]) == 78
    assert "state/an-binh" in capsys.readouterr().err


def say(broker, topic, message):
    """What the hub would have said before we came."""
    to = ["-h", broker.host, "-p", str(broker.port), "-u", "hub", "-P", broker.password("hub")]
    subprocess.run(["mosquitto_pub", *to, "-r", "-t", broker.root + topic, "-m", encode(message)], check=True)


def test_it_hears_the_whole_hall_from_a_real_broker(broker, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("centre.status.PATIENCE", PATIENCE)
    monkeypatch.setattr("centre.status.LISTEN", LONG_ENOUGH)
    site = tmp_path / "site.toml"
    site.write_text(NORMAL.read_text(encoding="utf-8").replace("an-binh", "test-site"), encoding="utf-8")
    say(broker, "state/day", day(alarms=[Alarm(service="B", waiting=6, counters=[4])]))
    say(broker, "state/board", board(A="suspended"))
    say(broker, "state/counter/2", counter(2, idle=True))
    say(broker, "state/counter/4", counter(4, held=["A003"]))
    assert main(["--site", str(site), "--state", str(broker.state)]) == 1
    said = capsys.readouterr().out
    for words in ("3 người đang chờ", "Hộ tịch: 6", "Chứng thực đang tạm gián đoạn", "Quầy 2 đang mở nhưng", "A003"):
        assert words in said


def test_a_stuck_button_is_named_with_what_to_do():
    heard = everything_well()
    heard.devices["hub"] = status(stuck=["button-1", "button-2"])
    (bad,) = [line for good, line in report(SITE, heard, "en") if not good]
    assert "button-1, button-2" in bad
    assert "battery" in bad


@pytest.mark.parametrize("stuck", [[], None, "nonsense", 5])
def test_no_stuck_button_is_not_spoken_of(stuck):
    heard = everything_well()
    heard.devices["hub"] = status(stuck=stuck)
    assert all(good for good, _ in report(SITE, heard, "vi"))


def test_a_site_with_a_touch_page_needs_a_list_of_procedures():
    ((good, line),) = catalogue_lines(WITH_PAGE, None, "vi")
    assert (good, "moiso procedures import" in line) == (False, True)
    assert catalogue_lines(load(NORMAL.with_name("small.toml")), None, "vi") == []


def test_it_says_how_old_the_list_is():
    about = About(source="danh-muc.xlsx", at=1795449599.0, count=718)
    assert catalogue_lines(WITH_PAGE, about, "vi") == [
        (True, "Danh mục thủ tục để tra cứu: 718 thủ tục, nhập ngày 23/11/2026 từ tệp danh-muc.xlsx.")
    ]
