"""The web application: which address shows what."""

from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
from flask import Flask, Response, abort, redirect, render_template, request, send_from_directory, url_for
from werkzeug.wrappers import Response as AnyResponse

from moiso import __version__
from moiso.runtime.latest import Latest, TooManyStreams
from moiso.texts import catalogue
from web.guard import Guard
from web.language import language
from web.zipped import zipped

_FONTS = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
_HOUR, _YEAR = 3600, 365 * 86400
_LARGEST_FORM = 4096
#: Streams that the pages which anybody may open leave to the clerks' panels: a panel without one takes no presses.
FOR_CLERKS = 16


def create_app(centre: str, latest: Latest, *, panel: bool) -> tuple[Flask, Guard]:
    """The app that shows the pages in `latest`; `centre`: the site's name; `panel`: link to the front panel."""
    app = Flask("web", root_path=str(Path(__file__).parent), static_url_path=f"/static/{__version__}")
    app.config.update(MAX_CONTENT_LENGTH=_LARGEST_FORM, SEND_FILE_MAX_AGE_DEFAULT=_HOUR)
    app.context_processor(lambda: _shared(centre, latest.boot, panel=panel))
    _add_pages(app, latest)
    _add_files(app)
    app.after_request(zipped)
    return app, Guard(app)


def show(latest: Latest, name: str, **more: Any) -> str:
    """The page of this name in the reader's language."""
    return render_template(f"{name}.html", page=latest.page((name, language())), name=name, **more)


def _shared(centre: str, boot: str, *, panel: bool) -> dict[str, Any]:
    """What every template knows."""
    chosen = language()
    text, asked = catalogue(chosen).text, {"lang": chosen} if "lang" in request.args else {}
    return {"centre": centre, "boot": boot, "panel": panel, "lang": chosen, "text": text, "asked": asked}


def _add_pages(app: Flask, latest: Latest) -> None:
    @app.get("/")
    def managers() -> str:
        return show(latest, "managers")

    @app.get("/figures")
    def figures() -> str:
        return show(latest, "figures")

    @app.get("/live/<any(managers, figures, panel, greeter):name>")
    def live(name: str) -> Response:
        try:
            stream = latest.stream((name, language()), leave=FOR_CLERKS)
        except KeyError:
            abort(404)
        except TooManyStreams:
            abort(503)
        return Response(stream, mimetype="text/event-stream")


def _add_files(app: Flask) -> None:
    @app.get("/font/<path:name>")
    def font(name: str) -> Response:
        return send_from_directory(_FONTS, name, max_age=_YEAR)

    @app.get("/favicon.ico")
    def favicon() -> AnyResponse:
        return redirect(url_for("static", filename="icon.svg"), 301)
