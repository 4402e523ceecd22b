import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moiso import __version__
from moiso.runtime.latest import Latest
from tests.web.scenes import READERS, board, call, counter, day, figures, line, service, shown, status
from web.app import FOR_CLERKS, create_app

_FILES = ("base.css", "managers.css", "live.js", "icon.svg")
EVIL = "<script>alert(1)</script>\"'&"


def app_of(latest: Latest) -> Flask:
    return create_app("Trung tâm", latest, panel=False)[0]


@pytest.fixture
def client() -> FlaskClient:
    said = ("state/board", board(service())), ("state/counter/1", counter()), ("figures/day", figures(line("A")))
    return app_of(shown(*said)).test_client()


@pytest.mark.parametrize("address", ["/", "/figures", "/live/nothing", "/static/0/none", "/font/none.ttf", "/panel"])
def test_every_answer_carries_the_headers(client: FlaskClient, address: str):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/", "/figures"])
def test_pages_are_never_kept_and_hold_nothing_inline_or_from_elsewhere(client: FlaskClient, address: str):
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "style=" not in answer.text
    assert " onclick" not in answer.text
    assert "://" not in answer.text


@pytest.mark.parametrize(
    ("address", "accept", "lang"),
    [
        ("/", None, "vi"),
        ("/", "en-US,en;q=0.9", "en"),
        ("/", "fr,en;q=0.5", "en"),
        ("/", "fr", "vi"),
        ("/?lang=vi", "en", "vi"),
        ("/?lang=en", "vi", "en"),
        ("/?lang=<b>", "vi", "vi"),
    ],
)
def test_the_language_is_the_readers(client: FlaskClient, address: str, accept: str | None, lang: str):
    answer = client.get(address, headers={"Accept-Language": accept} if accept else {})
    assert f'<html lang="{lang}">' in answer.text
    assert {"vi": "Đang chờ", "en": "Waiting"}[lang] in answer.text
    assert f'data-live="/live/managers?lang={lang}"' in answer.text


def test_a_chosen_language_goes_along_with_the_links(client: FlaskClient):
    assert 'href="/figures?lang=en"' in client.get("/?lang=en").text
    assert 'href="/figures"' in client.get("/").text


def test_names_and_notices_cannot_become_markup():
    evil = service("A", name=EVIL), service(EVIL, name=EVIL)
    account = day()["account"] | {"by_account": {EVIL: {"voids": 1}}, "carried": [EVIL]}
    latest = shown(
        ("state/board", board(*evil, notices=[EVIL], calls=[call(EVIL, EVIL)])),
        ("state/counter/1", counter(label=EVIL, ticket=EVIL, services=[EVIL], held=[EVIL], on_duty=EVIL)),
        ("state/day", day(label=EVIL, account=account, alarms=[{"service": EVIL, "waiting": 1, "counters": [1]}])),
        ("status/kiosk-1", status(paper=EVIL)),
        ("figures/day", figures(line(EVIL), label=EVIL)),
    )
    client = create_app(EVIL, latest, panel=False)[0].test_client()
    for address in ("/", "/figures"):
        text = client.get(address).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_the_page_stands_complete_without_any_script(client: FlaskClient):
    text = client.get("/?lang=vi").text
    for words in ("Chứng thực", "10–15 phút", "đang phục vụ từ 07:57 (3 phút)", "A012", "Máy lấy số (kiosk-1)"):
        assert words in text


def test_figures_show_what_each_means(client: FlaskClient):
    text = client.get("/figures?lang=vi").text
    for words in ("8,3", "87%", "26/30", "24%", "8/33", READERS["vi"].text("figures.p90_is")):
        assert words in text


@pytest.mark.parametrize(
    "address",
    [
        "/font/../../../../etc/passwd",
        "/font/..%2f..%2f__init__.py",
        "/font/%2e%2e/__init__.py",
        "/font//etc/passwd",
        f"/static/{__version__}/../templates/base.html",
        f"/static/{__version__}/%2e%2e/app.py",
        f"/static/{__version__}/..%2fapp.py",
        "/panel/kiosk-1/screen.webp",
    ],
)
def test_no_file_beside_our_own_is_given_away(client: FlaskClient, address: str):
    assert client.get(address, follow_redirects=True).status_code == 404


def test_texts_go_compressed_to_browsers_that_ask_for_it(client: FlaskClient):
    for address in ("/", f"/static/{__version__}/live.js"):
        plain, short = (client.get(address, headers={"Accept-Encoding": how}) for how in ("identity", "gzip"))
        assert (plain.headers.get("Content-Encoding"), short.headers["Content-Encoding"]) == (None, "gzip")
        assert gzip.decompress(short.data) == plain.data
        assert int(short.headers["Content-Length"]) == len(short.data) < len(plain.data) / 2
        assert plain.headers["Vary"] == short.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("address", ["/live/managers", "/font/BeVietnamPro-Regular.ttf", "/login/nobody"])
def test_streams_fonts_and_trifles_go_as_they_are(client: FlaskClient, address: str):
    answer = client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=False)
    assert "Content-Encoding" not in answer.headers
    answer.close()


def test_the_font_may_be_kept_for_long(client: FlaskClient):
    answer = client.get("/font/BeVietnamPro-Regular.ttf")
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_an_error_is_a_plain_page_in_both_languages(client: FlaskClient):
    answer = client.get("/<script>alert(1)</script>")
    assert answer.status_code == 404
    assert "Không có trang này" in answer.text
    assert "There is no such page" in answer.text
    assert "alert" not in answer.text


@pytest.mark.parametrize("address", ["/", "/figures", "/live/managers"])
def test_only_reading_is_possible(client: FlaskClient, address: str):
    assert client.post(address).status_code == 405


def test_our_own_fault_is_a_plain_page_too():
    app = app_of(Latest(2, "b1"))
    answer = app.test_client().get("/")
    assert answer.status_code == 500
    assert "lỗi đã được ghi lại" in answer.text
    assert "Traceback" not in answer.text
    assert "KeyError" not in answer.text


def test_a_stream_is_a_stream(client: FlaskClient):
    answer = client.get("/live/managers?lang=en")
    assert answer.mimetype == "text/event-stream"
    first = next(answer.iter_encoded())
    assert first.startswith(b"id: b1-1\ndata: {")
    assert b"Certified copies" in first


def test_one_stream_too_many_is_refused_and_a_closed_one_makes_room():
    client = app_of(shown(limit=FOR_CLERKS + 1)).test_client()
    first = client.get("/live/managers")
    refused = client.get("/live/managers")
    assert refused.status_code == 503
    assert "quá nhiều người xem" in refused.text
    first.close()
    assert client.get("/live/managers").status_code == 200


def test_asking_for_the_head_of_a_stream_takes_no_place():
    client = app_of(shown(limit=FOR_CLERKS + 1)).test_client()
    for _ in range(3):
        answer = client.head("/live/managers")
        answer.close()
        assert answer.status_code == 200
    assert client.get("/live/managers").status_code == 200


def test_there_is_no_panel_in_a_real_centre(client: FlaskClient):
    assert client.get("/panel").status_code == 404
    assert client.get("/live/panel").status_code == 404
    assert client.post("/panel/press", data={"device": "kiosk-1", "press": "A"}).status_code == 404
    assert "/panel" not in client.get("/").text


def test_a_page_without_fonts_is_small(client: FlaskClient):
    addresses = ["/", *(f"/static/{__version__}/{name}" for name in _FILES)]
    assert sum(len(client.get(address).data) for address in addresses) < 150_000
