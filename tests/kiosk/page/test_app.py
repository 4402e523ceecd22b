import json
from typing import Any

import pytest
from werkzeug.test import Client

from kiosk.screen import Dismissed, ListWanted, ReprintWanted, Touched
from tests.kiosk.page.scenes import BIRTH, SITE

TOUCH = {"press": "p1", "service": "A"}


def test_a_touch_is_told_with_its_id(client: Client, told: list[Any]):
    sent = {**TOUCH, "procedure": "2.000815", "language": "en", "again": True}
    assert client.post("/touch", json=sent).status_code == 202
    assert told == [Touched("p1", "A", "2.000815", "en", again=True)]


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/dismiss", {"press": "p1"}, Dismissed("p1")),
        ("/reprint", {"press": "p1"}, ReprintWanted("p1")),
        ("/list", {"press": "p1", "procedure": "1.001193"}, ListWanted("p1", "1.001193", "vi")),
    ],
)
def test_so_is_what_else_a_finger_says(client: Client, told: list[Any], path: str, body: Any, said: Any):
    assert client.post(path, json=body).status_code == 202
    assert told == [said]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/touch", b""),
        ("/touch", b"[]"),
        ("/touch", b"\xff\xfe"),
        ("/touch", json.dumps({"press": "p1"}).encode()),
        ("/touch", json.dumps({**TOUCH, "service": "Z"}).encode()),
        ("/touch", json.dumps({**TOUCH, "service": 5}).encode()),
        ("/touch", json.dumps({**TOUCH, "press": ""}).encode()),
        ("/touch", json.dumps({**TOUCH, "press": "p" * 41}).encode()),
        ("/touch", json.dumps({**TOUCH, "language": "xx"}).encode()),
        ("/touch", json.dumps({**TOUCH, "procedure": "9" * 41}).encode()),
        ("/list", json.dumps({"press": "p1", "procedure": "9" * 41}).encode()),
        ("/dismiss", json.dumps({"press": None}).encode()),
    ],
)
def test_nonsense_is_refused_and_nobody_hears_of_it(client: Client, told: list[Any], path: str, body: bytes):
    assert client.post(path, data=body).status_code == 400
    assert told == []


def test_an_unknown_service_is_told_what_there_is(client: Client):
    assert "A, B, C" in client.post("/touch", json={**TOUCH, "service": "Z"}).text


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_foreign_page_takes_no_number(client: Client, told: list[Any], headers: dict[str, str]):
    assert client.post("/touch", json=TOUCH, headers=headers).status_code == 403
    assert told == []


@pytest.mark.parametrize("path", ["/", "/find?q=khai", "/qr.svg?text=x", "/nothing", "/font/BeVietnamPro-Bold.ttf"])
def test_every_answer_carries_the_headers(client: Client, path: str):
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_the_page_loads_nothing_from_elsewhere(client: Client):
    page = client.get("/").text
    assert SITE.centre in page
    assert "://" not in page.replace("http://www.w3.org/", "")


def test_the_live_screen_is_whole(client: Client):
    stream = client.get("/live").response
    first = next(iter(stream)).decode()  # type: ignore[arg-type]
    screen = json.loads(first.split("data: ")[1])
    assert (screen["mode"], screen["choices"][0]["code"], screen["progress"]) == ("ready", "A", None)


def test_one_stream_too_many_is_refused(client: Client):
    taken = client.get("/live")
    assert client.get("/live").status_code == 503
    taken.close()
    assert client.get("/live").status_code == 200


def test_the_finder_answers_in_the_language_that_is_asked_for(client: Client):
    answer = client.get("/find?q=khai sinh&language=en").get_json()
    assert answer["ready"] is True
    first = answer["hits"][0]
    assert (first["code"], first["label"], first["service_name"]) == ("1.001193", "Birth registration", "Civil status")


def test_an_unknown_language_is_vietnamese(client: Client):
    assert client.get("/find?q=khai sinh&language=xx").get_json()["hits"][0]["service_name"] == "Hộ tịch"


def test_a_procedure_has_its_papers(client: Client):
    leaf = client.get("/procedure/1.001193.H19").get_json()
    assert leaf["papers"] == list(BIRTH.papers)
    assert leaf["counters"] == ["Quầy 1"]
    assert client.get("/procedure/9.999999").status_code == 404
    assert client.get("/procedure/%00..").status_code == 404


@pytest.mark.parametrize("text", ["", "x" * 1101, "ễ" * 400])
def test_what_no_telephone_could_read_becomes_no_code(client: Client, text: str):
    assert client.get("/qr.svg", query_string={"text": text}).status_code == 400


def test_a_code_is_a_picture(client: Client):
    answer = client.get("/qr.svg", query_string={"text": "Đăng ký khai sinh\n(1.001193)"})
    assert answer.mimetype == "image/svg+xml"
    assert answer.text.count("M") > 100


def test_speech_is_sound(client: Client):
    answer = client.get("/say", query_string={"language": "vi", "text": "Mời quý vị lấy phiếu."})
    assert (answer.mimetype, answer.data[:4]) == ("audio/wav", b"RIFF")


def test_a_language_without_a_voice_is_silent(client: Client):
    assert client.get("/say", query_string={"language": "hmn", "text": "Nyob zoo"}).status_code == 503
