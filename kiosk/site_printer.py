"""The printer that site.toml names."""

from kiosk.printer import Dialect, PrinterSettings
from moiso.runtime.program import Unusable
from moiso.runtime.site import PrinterConf


def dialect_of(conf: PrinterConf) -> Dialect:
    """How it wants its pictures."""
    return Dialect(conf.graphics, conf.qr)


def settings_of(conf: PrinterConf) -> PrinterSettings:
    """How to reach it.

    Raises Unusable when it is no real one.
    """
    if conf.kind == "fake":
        raise Unusable('[kiosk.printer] kind = "fake" is for --fake only: name the real printer in site.toml')
    return PrinterSettings(
        kind=conf.kind,
        address=conf.host,
        port=conf.port,
        device=conf.path,
        baud=conf.baud,
        vendor=conf.vendor,
        product=conf.product,
        width=conf.width,
        answers=conf.answers,
    )
