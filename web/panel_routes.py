"""The front panel's addresses; they exist only in a fake centre."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from flask import Blueprint, Response, abort, redirect, request, send_file, url_for
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as AnyResponse

from moiso.runtime.latest import Latest
from moiso.wire.messages import FakePress
from web.app import show
from web.guard import Guard, Refused
from web.machine import Press
from web.panel_kiosk import CODES
from web.panel_pictures import light
from web.place import ANY, Place
from web.sound import sound_from

#: Publishes a press; whether it could.
Send = Callable[[Press], bool]


def panel_routes(
    place: Place, latest: Latest, guard: Guard, folder: Path, send: Send, *, pins: Mapping[str, str]
) -> Blueprint:
    """`folder` holds a folder for every fake device; `pins`: with which accounts one can log in here."""
    routes = Blueprint("panel", __name__, url_prefix="/panel")

    @routes.get("")
    def panel() -> str:
        return show(latest, "panel", token=guard.token, pins=pins, codes=CODES)

    @routes.post("/press")
    def press() -> AnyResponse:
        guard.check()
        if not send(read_press(place, request.form.to_dict())):
            abort(503)
        if request.headers.get("Sec-Fetch-Mode") != "navigate":
            return Response(status=204)
        return redirect(url_for("panel.panel"), 303)

    @routes.get("/<device>/ticket/<ticket>.png")
    def ticket(device: str, ticket: str) -> Response:
        return _picture(folder / _known(device, place) / "tickets", f"{ticket}.png")

    @routes.get("/<device>/screen.webp")
    def screen(device: str) -> Response:
        try:
            picture = light(folder / _known(device, place) / "screen.png")
        except OSError:
            abort(404)
        return send_file(io.BytesIO(picture), "image/webp", max_age=60)

    @routes.get("/<device>/sound.wav")
    def sound(device: str) -> Response:
        path = folder / _known(device, place) / "spoken.wav"
        try:
            data = sound_from(path, request.args.get("from", 0, int))
        except OSError:
            abort(404)
        return send_file(io.BytesIO(data), "audio/wav")

    return routes


def read_press(place: Place, form: dict[str, str]) -> Press:
    """What the form asks to do to which device. Raises Refused with a sentence."""
    target = form.get("device", "")
    takes = place.takes(target)
    asked = {key: form[key] for key in FakePress.__struct_fields__ if key in form}
    if not takes or len(asked) != 1:
        raise Refused(f"device: one of {', '.join(place.faked)}; and one of {', '.join(FakePress.__struct_fields__)}")
    for key, value in asked.items():
        known = takes.get(key, ())
        if value not in known and (known != ANY or not value):
            raise Refused(f"{target}: {key} one of {', '.join(known) or 'nothing'}")
    return Press(target, msgspec.convert(asked, FakePress))


def _known(device: str, place: Place) -> str:
    if device not in place.faked:
        abort(404)
    return device


def _picture(folder: Path, name: str) -> Response:
    path = safe_join(str(folder), name)
    if path is None or not Path(path).is_file():
        abort(404)
    return send_file(path, "image/png", max_age=60)
