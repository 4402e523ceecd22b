"""The touch page's addresses: the page, its live Screen, what fingers say, the finder, QR codes and the voice."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
import msgspec
from flask import Flask, Response, abort, jsonify, render_template, request, send_from_directory

from kiosk.page.answers import LONGEST, found, leaf
from kiosk.page.site_words import SiteWords
from kiosk.page.voice import Mute, Voice
from kiosk.screen import Dismissed, ListWanted, ReprintWanted, Touched
from moiso import __version__
from moiso.procedures.catalogue import Catalogue
from moiso.runtime.latest import Latest, TooManyStreams
from moiso.runtime.serve import HEADERS, foreign

#: Where the newest Screen is kept.
SCREEN = ("screen", "")
_FONTS = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
_LONGEST_ID, _LONGEST_SPEECH = 40, 600
_ROWS = 8
_HOUR, _YEAR = 3600, 365 * 86400


def create_app(
    site: SiteWords, latest: Latest, catalogue: Catalogue, voice: Voice, tell: Callable[[object], None]
) -> Flask:
    """The app; what fingers say goes to `tell`."""
    app = Flask("kiosk.page", root_path=str(Path(__file__).parent), static_url_path=f"/static/{__version__}")
    app.config.update(SEND_FILE_MAX_AGE_DEFAULT=_HOUR)
    app.after_request(_with_headers)
    _add_page(app, site, latest, voice)
    _add_fingers(app, site, tell)
    _add_finder(app, site, catalogue)
    _add_senses(app, voice)
    return app


def _add_page(app: Flask, site: SiteWords, latest: Latest, voice: Voice) -> None:
    @app.get("/")
    def page() -> str:
        speaks = [language for language in site.languages if voice.speaks(language)]
        return render_template("page.html", site=site, text=site.texts["vi"], version=__version__, speaks=speaks)

    @app.get("/live")
    def live() -> Response:
        try:
            return Response(latest.stream(SCREEN), mimetype="text/event-stream")
        except TooManyStreams:
            abort(503)

    @app.get("/font/<path:name>")
    def font(name: str) -> Response:
        return send_from_directory(_FONTS, name, max_age=_YEAR)


def _add_fingers(app: Flask, site: SiteWords, tell: Callable[[object], None]) -> None:
    def heard(kind: type[Any]) -> tuple[str, int]:
        said = _said(kind)
        ids = [said.press, getattr(said, "procedure", None) or said.press]
        if not all(0 < len(each) <= _LONGEST_ID for each in ids) or getattr(said, "language", "vi") not in site.texts:
            abort(400, f"press and procedure have 1 to {_LONGEST_ID} letters, language is one that the page has")
        if getattr(said, "service", None) not in {None, *site.services}:
            abort(400, f"there is no such service; there are: {', '.join(site.services)}")
        tell(said)
        return "", 202

    app.add_url_rule("/touch", "touch", lambda: heard(Touched), methods=["POST"])
    app.add_url_rule("/dismiss", "dismiss", lambda: heard(Dismissed), methods=["POST"])
    app.add_url_rule("/reprint", "reprint", lambda: heard(ReprintWanted), methods=["POST"])
    app.add_url_rule("/list", "list", lambda: heard(ListWanted), methods=["POST"])


def _add_finder(app: Flask, site: SiteWords, catalogue: Catalogue) -> None:
    @app.get("/find")
    def find() -> Response:
        language = _language(site)
        hits = catalogue.find(request.args.get("q", ""), _ROWS)
        return jsonify(ready=catalogue.about() is not None, hits=[found(hit, language, site) for hit in hits])

    @app.get("/procedure/<code>")
    def procedure(code: str) -> Response:
        known = catalogue.procedure(code)
        if known is None:
            abort(404)
        return jsonify(leaf(known, _language(site), site))


def _add_senses(app: Flask, voice: Voice) -> None:
    @app.get("/qr.svg")
    def qr() -> Response:
        from kiosk.page.qr_svg import qr_svg

        text = request.args.get("text", "")
        if not 0 < len(text.encode()) <= LONGEST:
            abort(400, f"text has 1 to {LONGEST} bytes")
        return Response(qr_svg(text), mimetype="image/svg+xml")

    @app.get("/say")
    def say() -> Response:
        asked = request.args
        try:
            wav = voice.say(asked.get("language", "vi"), asked.get("key", ""), asked.get("text", "")[:_LONGEST_SPEECH])
        except Mute as error:
            abort(503, str(error))
        return Response(wav, mimetype="audio/wav")


def _said(kind: type[Any]) -> Any:
    """What the page's script sent, as one of the inputs of kiosk/screen.py."""
    told = request.headers
    if foreign(told.get("Sec-Fetch-Site"), told.get("Origin"), request.host_url.rstrip("/")):
        abort(403)
    try:
        return msgspec.json.decode(request.get_data(), type=kind)
    except msgspec.DecodeError as error:
        abort(400, str(error))


def _language(site: SiteWords) -> str:
    asked = request.args.get("language", "vi")
    return asked if asked in site.texts else "vi"


def _with_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    return response
