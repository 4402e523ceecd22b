"""The touch page's addresses: the page, its live Screen, what fingers say, the finder, QR codes and the voice.

Plain Werkzeug: Flask above it, with its sessions, command line and template language, is 4 MB more for nothing here.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fontpkg_be_vietnam_pro
import msgspec
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, NotFound, ServiceUnavailable
from werkzeug.routing import Map, Rule
from werkzeug.utils import send_from_directory
from werkzeug.wrappers import Request, Response

from kiosk.page.answers import LONGEST, found, leaf
from kiosk.page.first_page import first_page
from kiosk.page.site_words import SiteWords
from kiosk.screen import Dismissed, ListWanted, ReprintWanted, Touched
from kiosk.voice import Mute, Voice
from moiso import __version__
from moiso.procedures.catalogue import Catalogue
from moiso.runtime.latest import Latest, TooManyStreams
from moiso.runtime.serve import HEADERS, foreign

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

#: Where the newest Screen is kept.
SCREEN = ("screen", "")
_HERE = Path(__file__).parent
_FONTS = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
_SAID = {"touch": Touched, "dismiss": Dismissed, "reprint": ReprintWanted, "list": ListWanted}
_LONGEST_ID, _LONGEST_SPEECH = 40, 600
_ROWS = 8
_HOUR, _YEAR = 3600, 365 * 86400


class PageApp:
    """The app, for any WSGI server; what fingers say goes to `tell`."""

    def __init__(
        self, site: SiteWords, latest: Latest, catalogue: Catalogue, voice: Voice, tell: Callable[[object], None]
    ) -> None:
        self._site, self._latest, self._catalogue = site, latest, catalogue
        self._voice, self._tell = voice, tell
        self._addresses = Map(
            [
                Rule("/", methods=["GET"], endpoint=self._page),
                Rule("/live", methods=["GET"], endpoint=self._live),
                Rule(f"/static/{__version__}/<path:name>", methods=["GET"], endpoint=_static),
                Rule("/font/<path:name>", methods=["GET"], endpoint=_font),
                Rule(f"/<any({','.join(_SAID)}):kind>", methods=["POST"], endpoint=self._heard),
                Rule("/find", methods=["GET"], endpoint=self._find),
                Rule("/procedure/<code>", methods=["GET"], endpoint=self._procedure),
                Rule("/qr.svg", methods=["GET"], endpoint=_qr),
                Rule("/say", methods=["GET"], endpoint=self._say),
            ]
        )

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        try:
            endpoint, values = self._addresses.bind_to_environ(environ).match()
            response: Response = endpoint(request, **values)
        except HTTPException as error:
            response = error.get_response(environ)
        response.headers.update(HEADERS)
        response.headers.setdefault("Cache-Control", "no-store")
        return response(environ, start_response)

    def _page(self, _request: Request) -> Response:
        speaks = [language for language in self._site.languages if self._voice.speaks(language)]
        return Response(first_page(self._site, speaks), mimetype="text/html")

    def _live(self, _request: Request) -> Response:
        try:
            return Response(self._latest.stream(SCREEN), mimetype="text/event-stream")
        except TooManyStreams:
            raise ServiceUnavailable from None

    def _heard(self, request: Request, kind: str) -> Response:
        site, said = self._site, _said(request, _SAID[kind])
        ids = [said.press, getattr(said, "procedure", None) or said.press]
        if not all(0 < len(each) <= _LONGEST_ID for each in ids) or getattr(said, "language", "vi") not in site.texts:
            raise BadRequest(f"press and procedure have 1 to {_LONGEST_ID} letters, language is one that the page has")
        if getattr(said, "service", None) not in {None, *site.services}:
            raise BadRequest(f"there is no such service; there are: {', '.join(site.services)}")
        self._tell(said)
        return Response(status=202)

    def _find(self, request: Request) -> Response:
        language = self._language(request)
        hits = self._catalogue.find(request.args.get("q", ""), _ROWS)
        rows = [found(hit, language, self._site) for hit in hits]
        return _json({"ready": self._catalogue.about() is not None, "hits": rows})

    def _procedure(self, request: Request, code: str) -> Response:
        known = self._catalogue.procedure(code)
        if known is None:
            raise NotFound
        return _json(leaf(known, self._language(request), self._site))

    def _say(self, request: Request) -> Response:
        asked = request.args
        language, key, text = (asked.get(name, "") for name in ("language", "key", "text"))
        try:
            return Response(self._voice.say(language or "vi", key, text[:_LONGEST_SPEECH]), mimetype="audio/wav")
        except Mute as error:
            raise ServiceUnavailable(str(error)) from None

    def _language(self, request: Request) -> str:
        asked = request.args.get("language", "vi")
        return asked if asked in self._site.texts else "vi"


def _said(request: Request, kind: type[Any]) -> Any:
    """What the page's script sent, as one of the inputs of kiosk/screen.py."""
    told = request.headers
    if foreign(told.get("Sec-Fetch-Site"), told.get("Origin"), request.host_url.rstrip("/")):
        raise Forbidden
    try:
        return msgspec.json.decode(request.get_data(), type=kind)
    except msgspec.DecodeError as error:
        raise BadRequest(str(error)) from None


def _static(request: Request, name: str) -> Response:
    return send_from_directory(_HERE / "static", name, request.environ, max_age=_HOUR)


def _font(request: Request, name: str) -> Response:
    return send_from_directory(_FONTS, name, request.environ, max_age=_YEAR)


def _qr(request: Request) -> Response:
    from kiosk.page.qr_svg import qr_svg

    text = request.args.get("text", "")
    if not 0 < len(text.encode()) <= LONGEST:
        raise BadRequest(f"text has 1 to {LONGEST} bytes")
    return Response(qr_svg(text), mimetype="image/svg+xml")


def _json(told: object) -> Response:
    return Response(msgspec.json.encode(told), mimetype="application/json")
