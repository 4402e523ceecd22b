"""Keypads, LED signs, serial lines and plain buttons on the front panel, as pages know them."""

from dataclasses import replace
from typing import Any

import pytest

from tests.web.scenes import EN, PLACE, VI, heard, status
from web.panel import PanelPage, panel_page
from web.panel_traces import Traces
from web.place import Desk, PlainButton, Reader, Seat
from web.view import View

KEYPAD, SIGN = Seat("quay", 2), Seat("quay", 12)
DESKS = {
    "counter-1": Desk(1, "Quầy 1"),
    "counter-2": Desk(2, "Quầy 2", KEYPAD, SIGN),
    "counter-3": Desk(3, "Quầy 3", None, Seat("sanh", 13)),
}
SAYS = {"single": "next", "SS": "recall", "L": "no-show", "1_triple": "pause"}
PLAIN = {"nut-1": PlainButton(1, SAYS), "nut-2": PlainButton(2, {"next": "next"})}
FULL = replace(PLACE, units=DESKS, plain=PLAIN)


def page_of(view: View | None = None, reader: Reader = VI, **traces: Traces) -> PanelPage:
    by_name = {name.replace("_", "-"): of for name, of in traces.items()}
    return panel_page(view or heard(), FULL, by_name, reader, 100.0)


def said(device: str = "counter-2", state: str = "ready", **detail: Any) -> View:
    return heard((f"status/{device}", status(state, **detail)))


def test_a_keypad_has_the_keys_that_its_protocol_knows_and_pins_have_three():
    units = page_of().units
    assert [*units["counter-1"].keys.values()] == ["Gọi tiếp", "Gọi lại", "Vắng mặt"]
    assert [*units["counter-2"].keys] == ["next", "recall", "no-show", "start", "finish", "hold", "undo"]
    assert [*units["counter-3"].keys] == ["next", "recall", "no-show"]


def test_where_a_keypad_hangs_is_said_and_pins_hang_nowhere():
    units = page_of().units
    assert [unit.seat for unit in units.values()] == ["", "dây quay, địa chỉ 2", ""]
    assert [unit.plug for unit in units.values()] == ["", "plug", "plug"]


def test_only_counters_with_a_sign_show_one():
    signs = [unit.sign for unit in page_of().units.values()]
    assert [sign and sign.seat for sign in signs] == [None, "dây quay, địa chỉ 12", "dây sanh, địa chỉ 13"]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("A012", "số đang ở quầy"),
        ("-", "quầy mở, đang trống"),
        ("", "tắt: quầy đóng hoặc tạm dừng"),
        ("----", "chưa rõ: mất tín hiệu"),
    ],
)
def test_the_sign_shows_its_own_text_and_says_what_that_means(text: str, means: str):
    sign = page_of(counter_2=Traces(sign=text)).units["counter-2"].sign
    assert sign
    assert (sign.text, sign.means) == (text, means)


def test_the_switches_stand_as_they_were_last_moved():
    unit = page_of(counter_2=Traces(done={"plug": "unplug", "address": "twin"})).units["counter-2"]
    assert (unit.plug, unit.address) == ("unplug", "twin")


@pytest.mark.parametrize(
    ("detail", "trouble"),
    [
        ({"keypad": "ready", "sign": "ready"}, ""),
        ({"keypad": "two", "sign": "ready"}, "bộ phím: trùng địa chỉ"),
        ({"keypad": "ready", "sign": "absent"}, "bảng số: không trả lời"),
        ({"keypad": "no-line", "sign": "no-line"}, "đường dây: chưa cắm bộ chuyển đổi"),
    ],
)
def test_what_the_program_found_is_said_beside_what_the_hand_did(detail: dict[str, str], trouble: str):
    assert page_of(said(**detail)).units["counter-2"].trouble == trouble


def test_a_line_names_its_counters_and_is_told_through_one_of_them():
    lines = page_of().lines
    assert {name: (line.teller, line.counters) for name, line in lines.items()} == {
        "quay": ("counter-2", "Quầy 2"),
        "sanh": ("counter-3", "Quầy 3"),
    }


def test_a_lines_switches_stand_as_they_were_last_moved():
    fresh, moved = (
        page_of(line_quay=Traces(done=done)).lines["quay"]
        for done in ({}, {"adapter": "adapter-out", "noise": "noise"})
    )
    assert (fresh.adapter, fresh.noise) == ("adapter-in", "quiet")
    assert (moved.adapter, moved.noise) == ("adapter-out", "noise")


@pytest.mark.parametrize(
    ("view", "text"),
    [
        (heard(), "chưa có tin"),
        (said(keypad="ready", sign="ready"), "hoạt động"),
        (said(keypad="absent", sign="ready"), "hoạt động"),
        (said(keypad="no-line", sign="no-line"), "chưa cắm bộ chuyển đổi"),
        (said(state="lost", keypad="ready"), "chưa có tin"),
    ],
)
def test_a_line_says_whether_its_adapter_is_there(view: View, text: str):
    assert page_of(view).lines["quay"].state_text == text


def test_a_plain_button_says_what_a_finger_does_and_what_that_means():
    ways = page_of().units["counter-1"].plain["nut-1"].ways
    assert [(way.payload, way.finger, way.means) for way in ways] == [
        ("single", "nhấn một lần", "Gọi tiếp"),
        ("SS", "nhấn hai lần", "Gọi lại"),
        ("L", "giữ lâu", "Vắng mặt"),
        ("1_triple", "1_triple", "Tạm dừng"),
    ]


def test_a_plain_button_that_says_commands_needs_no_finger():
    button = page_of(reader=EN).units["counter-2"].plain["nut-2"]
    assert [(way.finger, way.means) for way in button.ways] == [("", "Next")]


def test_a_plain_button_stands_at_its_counter_alone():
    assert [[*unit.plain] for unit in page_of().units.values()] == [["nut-1"], ["nut-2"], []]


@pytest.mark.parametrize("stuck", [None, [], ["nut-2"], "nut-1", 5])
def test_a_plain_button_is_in_order_until_the_hub_says_that_it_is_stuck(stuck: object):
    assert page_of(said("hub", stuck=stuck)).units["counter-1"].plain["nut-1"].trouble == ""


def test_a_stuck_plain_button_is_said_to_be():
    buttons = page_of(said("hub", stuck=["nut-1"])).units["counter-1"].plain
    assert buttons["nut-1"].trouble.startswith("Máy chủ thấy nút gửi lệnh liên tục")


@pytest.mark.parametrize(
    ("device", "key", "values"),
    [
        ("kiosk-1", "paper", ("ok", "near", "out")),
        ("display-1", "link", ("up", "down")),
        ("counter-1", "press", ("next", "recall", "no-show", "undo", "recall-down", "recall-up")),
        ("counter-1", "line", ()),
        ("counter-2", "press", ("next", "recall", "no-show", "start", "finish", "hold", "undo")),
        ("nut-1", "press", (*SAYS, "stuck", "noise")),
    ],
)
def test_what_can_be_done_to_a_device(device: str, key: str, values: tuple[str, ...]):
    assert FULL.takes(device)[key] == values


def test_nothing_can_be_done_to_what_is_no_fake_device():
    assert FULL.takes("hub") == {}
    assert "link" not in FULL.takes("nut-1")
    assert "adapter-out" in FULL.takes("counter-3")["line"]
