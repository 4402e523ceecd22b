"""What a visitor does at the page, in a real browser, before a machine that we script."""

import re
import time
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from kiosk.screen import Dismissed, ListWanted, Progress, ReprintWanted, Scan, Screen, Touched
from moiso.wire.messages import Words
from tests.kiosk.page.conftest import Scripted
from tests.kiosk.page.scenes import AGAIN, EIGHT, PRINTED, PRINTING, REFUSED, SCREENS, SHOWN


def box(page: Page, code: str) -> Any:
    return page.locator(f".choice[data-code={code}]")


def answering(scripted: Scripted, progress: Progress) -> None:
    """The machine answers every touch with this progress, under the touch's own id."""

    def answer(said: Any) -> None:
        if isinstance(said, Touched):
            scripted.show(Screen("offline", choices=EIGHT, progress=replace(progress, press=said.press)))
        elif isinstance(said, Dismissed):
            scripted.show(Screen("offline", choices=EIGHT))

    scripted.answer = answer


def button(page: Page, words: str) -> Any:
    return page.locator("#answer button", has_text=words)


def type_in(page: Page, letters: str) -> None:
    for letter in letters:
        keys = page.locator("#keys > div:not(.numbers) button")
        (keys.last if letter == " " else keys.get_by_text(letter.upper(), exact=True)).tap()


def test_a_touch_becomes_a_press_and_its_number_stands_large(page: Page, scripted: Scripted):
    answering(scripted, PRINTING)
    box(page, "B").tap()
    expect(page.locator("#answer .ticket")).to_have_text("A012")
    said = scripted.said(Touched)
    assert (said.service, said.language, said.again, said.procedure) == ("B", "vi", False, None)
    assert re.fullmatch("[0-9a-f]{16}", said.press)


def test_a_number_of_the_kiosks_own_says_how_old_the_people_ahead_are(page: Page, scripted: Scripted):
    answering(scripted, replace(PRINTED, ahead=14, offline=True, minutes_old=12))
    box(page, "B").tap()
    expect(page.locator("#answer .facts")).to_contain_text("14 người đang chờ")
    expect(page.locator("#answer .facts")).to_contain_text("(số liệu cách đây 12 phút)")


@pytest.mark.parametrize(("phones", "words"), [(True, "Quét mã bằng điện thoại"), (False, "đưa vào máy đọc")])
def test_a_code_is_for_phones_only_where_they_can_open_it(page: Page, scripted: Scripted, phones: bool, words: str):
    answering(scripted, replace(SHOWN, phones=phones))
    box(page, "A").tap()
    expect(page.locator("#answer figcaption")).to_contain_text(words)


def test_a_box_that_gives_nothing_and_has_no_word_of_the_hub_sends_to_the_staff(page: Page, scripted: Scripted):
    scripted.show(SCREENS["empty-block"])
    expect(box(page, "K")).to_contain_text("hỏi cán bộ")
    scripted.show(SCREENS["home-eight"])
    expect(box(page, "M")).to_contain_text("hết số hôm nay")
    expect(box(page, "M")).not_to_contain_text("hỏi cán bộ")


def test_the_first_results_are_seen_without_a_finger_even_on_the_smallest_screen(page: Page, scripted: Scripted):
    page.set_viewport_size({"width": 1024, "height": 600})
    page.locator("#find").tap()
    type_in(page, "khai")
    hits, found = page.locator("#hits li"), page.locator(".found")
    expect(hits.nth(2)).to_be_visible()
    below = found.bounding_box()
    third = hits.nth(2).bounding_box()
    assert below
    assert third
    assert third["y"] + third["height"] <= below["y"] + below["height"] + 1


def test_two_touches_are_two_presses(page: Page, scripted: Scripted):
    answering(scripted, PRINTED)
    for _ in range(2):
        box(page, "A").tap()
        button(page, "Xong").tap()
        expect(page.locator("#answer")).not_to_be_visible()
    assert len({said.press for said in scripted.all_said(Touched)}) == 2


def test_a_double_tap_is_one_press(page: Page, scripted: Scripted):
    box(page, "A").dblclick()
    expect(page.locator("#answer")).to_be_visible()
    scripted.said(Touched, 2)  # a second later it is said again
    assert len({said.press for said in scripted.all_said(Touched)}) == 1


def test_a_finger_that_stays_long_and_trembles_counts(page: Page, scripted: Scripted):
    spot = box(page, "C").bounding_box()
    page.mouse.move(spot["x"] + 60, spot["y"] + 60)
    page.mouse.down()
    page.wait_for_timeout(1200)
    page.mouse.move(spot["x"] + 85, spot["y"] + 70)
    page.mouse.up()
    assert scripted.said(Touched).service == "C"


def test_a_finger_that_slides_off_the_box_does_not(page: Page, scripted: Scripted):
    spot = box(page, "C").bounding_box()
    page.mouse.move(spot["x"] + 60, spot["y"] + 60)
    page.mouse.down()
    page.mouse.move(5, 5)
    page.mouse.up()
    box(page, "B").tap()
    assert scripted.said(Touched).service == "B"
    assert {said.service for said in scripted.heard} == {"B"}


def test_a_box_that_gives_nothing_says_why(page: Page, scripted: Scripted):
    answering(scripted, REFUSED)
    box(page, "M").tap()
    expect(page.locator("#answer .words")).to_contain_text("hết số hôm nay")
    button(page, "Đóng").tap()
    expect(page.locator("#answer")).not_to_be_visible()
    assert scripted.said(Dismissed).press == scripted.said(Touched).press


def test_one_more_is_asked_for_under_the_same_press(page: Page, scripted: Scripted):
    answering(scripted, AGAIN)
    box(page, "A").tap()
    expect(page.locator("#answer .words")).to_contain_text("Lấy thêm cho người khác?")
    answering(scripted, PRINTED)
    button(page, "Lấy thêm một số").tap()
    expect(page.locator("#answer .ticket")).to_have_text("A012")
    first, last = scripted.all_said(Touched)
    assert (first.press, first.again, last.again) == (last.press, False, True)


def test_no_thanks_takes_nothing(page: Page, scripted: Scripted):
    answering(scripted, AGAIN)
    box(page, "A").tap()
    button(page, "Không, cảm ơn").tap()
    expect(page.locator("#answer")).not_to_be_visible()
    assert scripted.said(Dismissed).press == scripted.said(Touched).press
    assert not any(said.again for said in scripted.all_said(Touched))


def test_a_shown_number_has_its_code_and_can_be_printed_when_there_is_paper(page: Page, scripted: Scripted):
    answering(scripted, SHOWN)
    box(page, "A").tap()
    code = page.locator("#answer .qr img")
    expect(code).to_be_visible()
    assert code.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    expect(button(page, "In lại")).to_have_count(0)
    press = scripted.said(Touched).press
    scripted.show(Screen("ready", choices=EIGHT, progress=replace(SHOWN, press=press, reprint=True)))
    button(page, "In lại").tap()
    assert scripted.said(ReprintWanted).press == press


def test_without_an_answer_the_touch_is_said_again_under_its_id_and_then_given_up(stopped: Page, scripted: Scripted):
    box(stopped, "A").tap()
    expect(stopped.locator("#answer-head")).to_have_text("Đang lấy số cho quý vị")
    for count in range(1, 16):
        press = scripted.said(Touched, count).press
        expect(stopped.locator("#answer-head")).to_have_text("Đang lấy số cho quý vị")
        stopped.clock.run_for(1000)
    stopped.clock.run_for(400)
    expect(stopped.locator("#answer .words")).to_contain_text("Máy chưa trả lời được")
    assert scripted.said(Dismissed).press == press
    assert {said.press for said in scripted.all_said(Touched)} == {press}


def test_a_touch_that_did_not_get_through_is_said_again_until_it_does(page: Page, scripted: Scripted):
    lost: list[Any] = []

    def lose_two(route: Route) -> None:
        if len(lost) == 2:
            route.continue_()
        else:
            lost.append(route.request.post_data_json)
            route.abort()

    page.route("**/touch", lose_two)
    answering(scripted, PRINTED)
    box(page, "K").tap()
    expect(page.locator("#answer .ticket")).to_have_text("A012")
    assert len(lost) == 2
    assert {said.press for said in scripted.all_said(Touched)} == {said["press"] for said in lost}


def test_what_others_do_meanwhile_leaves_a_finger_on_its_box(page: Page, scripted: Scripted):
    spot = box(page, "A").bounding_box()
    page.mouse.move(spot["x"] + 50, spot["y"] + 50)
    page.mouse.down()
    scripted.show(Screen("ready", choices=[replace(choice, waiting=choice.waiting + 1) for choice in EIGHT]))
    expect(box(page, "A")).to_contain_text("13 người chờ")
    page.mouse.up()
    assert scripted.said(Touched).service == "A"


def test_in_a_crowd_the_number_leaves_the_boxes_free(page: Page, scripted: Scripted):
    scripted.show(SCREENS["crowd"])
    expect(page.locator("#strip .ticket")).to_have_text("A012")
    box(page, "B").tap()
    assert scripted.said(Touched).service == "B"


def test_more_than_eight_services_have_a_second_page(page: Page, scripted: Scripted):
    scripted.show(SCREENS["home-ten"])
    expect(box(page, "M")).to_have_count(0)
    page.locator(".choice", has_text="Việc khác").tap()
    box(page, "N").tap()
    assert scripted.said(Touched).service == "N"


def test_the_other_language_is_everywhere_at_once_and_goes_with_the_press(page: Page, scripted: Scripted):
    page.locator("#languages button").tap()
    expect(page.locator("h1#title")).to_have_text("What have you come for?")
    expect(box(page, "B")).to_contain_text("Civil status")
    assert page.evaluate("document.documentElement.lang") == "en"
    box(page, "B").tap()
    assert scripted.said(Touched).language == "en"


def test_silence_brings_the_page_back_as_everybody_finds_it(stopped: Page, scripted: Scripted):
    stopped.locator("#languages button").tap()
    stopped.locator("#contrast").tap()
    stopped.locator("#find").tap()
    type_in(stopped, "khai")
    stopped.clock.run_for(21_000)
    expect(stopped.locator("#still")).to_be_visible()
    stopped.locator("#stay").tap()
    expect(stopped.locator("#still")).not_to_be_visible()
    stopped.clock.run_for(29_000)
    expect(stopped.locator("#finder")).to_be_visible()
    stopped.clock.run_for(2_000)
    expect(stopped.locator("h1#title")).to_have_text("Quý vị cần làm việc gì?")
    expect(stopped.locator("body.contrast")).to_have_count(0)
    stopped.locator("#find").tap()
    expect(stopped.locator("#typed")).to_have_text("")


def test_an_answer_nobody_touches_goes_by_itself(stopped: Page, scripted: Scripted):
    answering(scripted, PRINTED)
    stopped.locator("#languages button").tap()
    box(stopped, "A").tap()
    expect(stopped.locator("#answer .ticket")).to_have_text("A012")
    stopped.clock.run_for(8_500)
    expect(stopped.locator("#answer")).not_to_be_visible()
    expect(stopped.locator("h1#title")).to_have_text("What have you come for?")
    press = scripted.said(Touched).press
    assert scripted.said(Dismissed).press == press


def test_the_finder_finds_while_one_types_and_takes_the_number(page: Page, scripted: Scripted):
    answering(scripted, PRINTED)
    page.locator("#find").tap()
    type_in(page, "khai si")
    page.locator(".hit", has_text="Đăng ký khai sinh").tap()
    expect(page.locator("#papers li")).to_have_count(4)
    expect(page.locator("#place")).to_contain_text("Quầy 1")
    page.locator("#take").tap()
    said = scripted.said(Touched)
    assert (said.service, said.procedure) == ("B", "1.001193")


def test_the_other_language_leaves_the_way_back_to_the_results(page: Page):
    page.locator("#find").tap()
    type_in(page, "khai si")
    page.locator(".hit", has_text="Đăng ký khai sinh").tap()
    expect(page.locator("#papers li")).to_have_count(4)
    page.locator("#languages button").tap()
    expect(page.locator("#place")).to_contain_text("Civil status")
    page.locator("#leaf .back").tap()
    expect(page.locator("#typed")).to_have_text("khai si")
    expect(page.locator(".hit").first).to_be_visible()


def test_a_result_that_cannot_be_opened_says_so(page: Page):
    page.locator("#find").tap()
    type_in(page, "khai si")
    page.route("**/procedure/**", lambda route: route.abort())
    page.locator(".hit", has_text="Đăng ký khai sinh").tap()
    expect(page.locator("#say")).to_contain_text("Chưa tra cứu được.")
    expect(page.locator(".hit").first).to_be_visible()
    page.unroute("**/procedure/**")
    page.locator(".hit", has_text="Đăng ký khai sinh").tap()
    expect(page.locator("#papers li")).to_have_count(4)


def test_a_slip_is_taken_back(page: Page):
    page.locator("#find").tap()
    type_in(page, "kq")
    page.locator("#keys button[aria-label=xoá]").tap()
    expect(page.locator("#typed")).to_have_text("k")
    page.locator("#clear").tap()
    expect(page.locator("#typed")).to_have_text("")


def test_what_is_done_elsewhere_gives_no_number(page: Page, scripted: Scripted):
    page.locator("#find").tap()
    type_in(page, "thuong tru")
    page.locator(".hit[data-elsewhere]").tap()
    expect(page.locator("#place")).to_contain_text("Mời quý vị đến: Công an phường")
    expect(page.locator("#take")).not_to_be_visible()
    page.locator(".start:visible").tap()
    expect(page.locator("#home")).to_be_visible()


def test_a_checklist_is_printed_under_a_press_of_its_own(page: Page, scripted: Scripted):
    scan(scripted, "1.001193")
    page.locator("#print").tap()
    said = scripted.said(ListWanted)
    assert said.procedure == "1.001193"
    words = Words(vi="Đang in danh sách giấy tờ", en="Printing the list")
    scripted.show(Screen("ready", choices=EIGHT, progress=Progress(said.press, "", "printing", words)))
    expect(page.locator("#answer .words")).to_have_text("Đang in danh sách giấy tờ")


def test_a_checklist_is_taken_along_as_a_code(page: Page, scripted: Scripted):
    scan(scripted, "1.001193")
    page.locator("#phone").tap()
    expect(page.locator("#answer .qr img")).to_be_visible()
    source = page.locator("#answer .qr img").get_attribute("src")
    assert "1.001193" in source
    button(page, "Xong").tap()
    expect(page.locator("#leaf")).to_be_visible()


def test_a_long_checklist_is_turned_by_buttons(page: Page, scripted: Scripted):
    scan(scripted, "2.000986")
    expect(page.locator("#up")).not_to_be_visible()
    page.locator("#further").tap()
    expect(page.locator("#up")).to_be_visible()
    turn_to_the_end(page)
    expect(page.locator("#papers li").last).to_be_in_viewport()


def test_a_scanned_procedure_opens_and_is_done_with(page: Page, scripted: Scripted):
    scan(scripted, "1.001193")
    expect(page.locator("#leaf-name")).to_have_text("Đăng ký khai sinh")
    assert scripted.said(Dismissed).press.startswith("scan-")


def test_an_unknown_procedure_sends_to_the_staff(page: Page, scripted: Scripted):
    scan(scripted, "9.999999")
    expect(page.locator("#answer .words")).to_contain_text("không có trong danh mục")


def test_a_card_is_not_wanted(page: Page, scripted: Scripted):
    scripted.show(SCREENS["card"])
    expect(page.locator("#answer .words")).to_contain_text("Không cần quét thẻ")
    button(page, "Đóng").tap()
    expect(page.locator("#answer")).not_to_be_visible()


def turn_to_the_end(page: Page) -> None:
    """Tap *further* until it is gone, which it is a little after the scroll that was the last."""
    while page.locator("#further").is_visible():
        before = page.locator("#papers").evaluate("papers => papers.scrollTop")
        page.locator("#further").tap()
        page.wait_for_function("before => document.getElementById('papers').scrollTop > before", arg=before)
        page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def scan(scripted: Scripted, code: str) -> None:
    """The scanner has read this procedure's code."""
    seen = Scan(f"scan-{time.monotonic_ns()}", "procedure", procedure=code)
    scripted.show(Screen("ready", choices=EIGHT, scan=seen))


def test_reading_aloud_begins_and_ends_with_its_button(page: Page, scripted: Scripted):
    said: list[str] = []
    page.on("request", lambda request: said.append(request.url) if "/say?" in request.url else None)
    page.route("**/say?*", lambda _route: None)  # a sentence that does not end
    for _ in range(2):
        with page.expect_request("**/say?*"):
            page.locator("#listen").tap()
        expect(page.locator("#listen[aria-pressed=true]")).to_be_visible()
        page.locator("#listen").tap()
        expect(page.locator("#listen[aria-pressed=false]")).to_be_visible()
    assert ["key=say_home" in url for url in said] == [True, True]


def test_a_closed_centre_says_when_it_is_open_and_still_finds(page: Page, scripted: Scripted):
    scripted.show(SCREENS["closed"])
    expect(page.locator("#stopped")).to_contain_text("7:30–11:30")
    expect(page.locator("#choices")).not_to_be_visible()
    page.locator("#find").tap()
    expect(page.locator("#keys")).to_be_visible()
