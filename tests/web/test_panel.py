import pytest

from tests.web.scenes import EN, PLACE, VI, board, call, counter, heard, service, services, status
from web.panel import PanelPage, panel_page
from web.panel_traces import Spoken, Traces
from web.place import Reader
from web.view import View

SPOKEN = Spoken(ticket="A012", text="Mời công dân…", at="2026-11-23T07:59:00+07:00")


def page_of(view: View | None = None, reader: Reader = VI, **traces: Traces) -> PanelPage:
    by_device = {name.replace("_", "-"): of for name, of in traces.items()}
    return panel_page(view or heard(), PLACE, by_device, reader, 100.0)


def test_a_centre_where_nothing_runs_yet():
    page = page_of()
    kiosk, unit, wall = page.kiosks["kiosk-1"], page.units["counter-1"], page.walls["display-1"]
    assert (kiosk.ticket, kiosk.picture, kiosk.connected.state) == ("", "", "unseen")
    assert (unit.lamp, unit.ticket, unit.phase_text) == ("off", "", "chưa có tin")
    assert (wall.screen, wall.spoken, wall.sound) == ("", "Chưa đọc thông báo nào", "0")


def test_the_kiosks_buttons_have_their_lamps_and_names():
    page = page_of(kiosk_1=Traces(lamps={"A": "on", "B": "blink"}))
    buttons = page.kiosks["kiosk-1"].buttons
    assert [(b.name, b.lamp) for b in buttons.values()] == [("Chứng thực", "steady"), ("Hộ tịch", "blinking")]
    assert buttons["A"].lamp_text == "đèn sáng: bấm được"


NOTE = {"vi": "chưa có cán bộ", "en": "no staff yet"}


@pytest.mark.parametrize(("reader", "note"), [(VI, "chưa có cán bộ"), (EN, "no staff yet")])
def test_a_button_says_what_the_hub_says_about_its_service(reader: Reader, note: str):
    said = heard(("state/services", services(service("A", note=None), service("B", note=NOTE, gives=True))))
    buttons = page_of(said, reader).kiosks["kiosk-1"].buttons
    assert {code: button.note for code, button in buttons.items()} == {"A": "", "B": note}


def test_a_button_whose_service_the_hub_does_not_offer_says_nothing():
    buttons = page_of(heard(("state/services", services(service("Z", note=NOTE))))).kiosks["kiosk-1"].buttons
    assert [button.note for button in buttons.values()] == ["", ""]


@pytest.mark.parametrize(
    ("lamp", "shown"),
    [*((lamp, lamp) for lamp in ("steady", "blinking", "fast", "undone")), ("dark", "off"), ("<script>", "off")],
)
def test_the_call_units_lamp(lamp: str, shown: str):
    assert page_of(counter_1=Traces(lamps={"lamp": lamp})).units["counter-1"].lamp == shown


def test_the_last_ticket_is_a_picture_whose_address_changes_with_it():
    first = page_of(kiosk_1=Traces(ticket="A012", printed=5)).kiosks["kiosk-1"]
    again = page_of(kiosk_1=Traces(ticket="A012", printed=6)).kiosks["kiosk-1"]
    assert first.picture == "/panel/kiosk-1/ticket/A012.png?v=5"
    assert again.picture != first.picture


def test_who_stands_at_the_counter_is_the_hubs_word():
    unit = page_of(heard(("state/counter/1", counter(phase="called")))).units["counter-1"]
    assert (unit.label, unit.ticket, unit.phase_text) == ("Quầy 1", "A012", "đã gọi")
    assert (
        page_of(heard(("state/counter/1", counter(ticket=None, phase=None, state="paused"))))
        .units["counter-1"]
        .phase_text
        == "tạm dừng"
    )


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"ticket": None, "phase": None}, "đang trống"),
        ({"ticket": None, "phase": None, "idle": True}, "mở nhưng chưa gọi ai"),
        ({"phase": "serving", "idle": True}, "đang phục vụ"),
    ],
)
def test_an_open_counter_that_is_silent_says_so(changes: dict[str, object], shown: str):
    assert page_of(heard(("state/counter/1", counter(**changes)))).units["counter-1"].phase_text == shown


def test_who_is_held_stands_at_the_counter():
    held = heard(("state/counter/1", counter(held=["A003", "B001"])))
    assert page_of(held).units["counter-1"].held == "Đang giữ chỗ: A003, B001"
    assert page_of(heard(("state/counter/1", counter()))).units["counter-1"].held == ""


@pytest.mark.parametrize(("state", "link"), [("ready", "up"), ("stopped", "up"), ("lost", "down")])
def test_the_plug_shows_whether_the_device_is_there(state: str, link: str):
    connected = page_of(heard(("status/display-1", status(state)))).walls["display-1"].connected
    assert (connected.state, connected.link) == (state, link)


def test_what_hands_did_to_a_kiosk_and_what_its_program_says_of_it():
    view = heard(("status/kiosk-1", status("stopped", paper="unknown")))
    done = {"paper": "near", "cover": "open", "speed": "usual", "printer": "silent", "scanner": "unplug"}
    kiosk = page_of(view, kiosk_1=Traces(done=done)).kiosks["kiosk-1"]
    assert {name: getattr(kiosk, name) for name in done} == done
    assert kiosk.matter == "máy in: không trả lời"


def test_a_kiosk_that_nobody_touched_is_in_order():
    kiosk = page_of().kiosks["kiosk-1"]
    assert (kiosk.paper, kiosk.cover, kiosk.printer, kiosk.scanner) == ("ok", "closed", "well", "plug")
    assert (kiosk.matter, kiosk.code, kiosk.page) == ("", "", "")


def test_the_last_tickets_code_can_be_held_before_the_scanner():
    assert page_of(kiosk_1=Traces(ticket="A012", code="http://x/t/1")).kiosks["kiosk-1"].code == "http://x/t/1"


@pytest.mark.parametrize(
    ("said", "address"),
    [("http://127.0.0.1:8090/", "http://127.0.0.1:8090/"), ("javascript:alert(1)", ""), (5, ""), (None, "")],
)
def test_the_touch_page_is_where_the_kiosk_says(said: object, address: str):
    assert page_of(heard(("status/kiosk-1", status(page=said)))).kiosks["kiosk-1"].page == address


def test_the_wall_is_told_in_words_too():
    wall = page_of(heard(("state/board", board(calls=[call(), call("A011")]))), EN).walls["display-1"]
    assert wall.shows == "The wall calls number A012 to Quầy 1"


def test_what_was_spoken():
    wall = page_of(display_1=Traces(spoken=SPOKEN, sound=1200, screen=9)).walls["display-1"]
    assert (wall.spoken, wall.spoken_at, wall.sound) == ("Mời công dân…", "07:59", "1200")
    assert wall.screen == "/panel/display-1/screen.webp?v=9"
