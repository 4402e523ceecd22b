"""The tables of site.toml: a key's default stands beside it, its meaning in the docstring. Pure.

docs/site.md has examples; a `description` says in an error what would have been right.
"""

from datetime import date, time
from typing import Annotated, Literal

from msgspec import Meta, Struct

Port = Annotated[int, Meta(ge=1, le=65535)]
Pin = Annotated[int, Meta(ge=0, le=27)]
Text = Annotated[str, Meta(min_length=1, max_length=200)]
DeviceId = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
        max_length=40,
        description="a word of a-z, 0-9 and - such as an-binh",
    ),
]
Pseudonym = Annotated[
    str,
    Meta(pattern=r"^[A-Za-z0-9._-]{1,40}$", description="a pseudonym of A-Z, a-z, 0-9, ., _ and - such as cb-03"),
]
Window = Annotated[
    str,
    Meta(
        pattern=r"^([01]?\d|2[0-3]):[0-5]\d-(([01]?\d|2[0-3]):[0-5]\d|24:00)$",
        description="a window such as 07:30-11:30",
    ),
]
MqttTopic = Annotated[
    str,
    Meta(
        pattern=r"^[^$+#\s\x00-\x1f][^+#\s\x00-\x1f]*$",
        max_length=200,
        description="one MQTT topic such as zigbee2mqtt/quay-1, without spaces, + and #",
    ),
]
FieldPath = Annotated[
    str,
    Meta(
        pattern=r"^[^.\s]+(\.[^.\s]+)*$",
        max_length=200,
        description="the way to a field such as action or params.events.0.event",
    ),
]
#: What a plain button may ask for; `nothing` is known and does nothing.
ButtonCommand = Literal[
    "next", "recall", "no-show", "start", "finish", "hold", "undo", "open", "pause", "close", "nothing"
]
#: Speeds of serial lines.
Baud = Literal[2400, 4800, 9600, 19200, 38400, 57600, 115200]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MONDAY_TO_FRIDAY: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")


class Conf(Struct, frozen=True, kw_only=True):
    """Base of every table of site.toml."""


class SiteConf(Conf, frozen=True, kw_only=True):
    """[site]: who we are; shown on the wall and on the ticket."""

    id: DeviceId
    name: Text
    address: str = ""
    hotline: str = ""
    hours: str = ""
    time_zone: str = "Asia/Ho_Chi_Minh"
    greeter: bool = True
    ticket_url: str | None = None


class BrokerConf(Conf, frozen=True, kw_only=True):
    """[broker]: where devices find the broker (`host`), and where it listens."""

    host: str = "127.0.0.1"
    port: Port = 1883
    listen: str = "127.0.0.1"


class WebConf(Conf, frozen=True, kw_only=True):
    """[web]: the pages' server."""

    listen: str = "127.0.0.1"
    port: Port = 8080


class DayConf(Conf, frozen=True, kw_only=True):
    """[day]: opening and closing hour as local times; without them a business day has no fixed ends.

    trust_clock: the machine has a battery clock that is right without a network. holidays: dates on which nothing is
    given or served. make_up: free dates that work like a weekday, `{ 2027-02-20 = "fri" }`.
    """

    opens: time | None = None
    closes: time | None = None
    trust_clock: bool = False
    holidays: tuple[date, ...] = ()
    make_up: dict[date, Weekday] = {}


class HoursConf(Conf, frozen=True, kw_only=True):
    """[[hours]]: when `services` (left out = all) are served and given numbers on these weekdays.

    The last table that names a service and a weekday holds; a weekday without a table is free, a service without any is
    open at all hours. serve = [] makes a day free. issue: when kiosks give numbers, left out = while it is served.
    """

    services: tuple[str, ...] | None = None
    days: tuple[Weekday, ...] = MONDAY_TO_FRIDAY
    serve: tuple[Window, ...]
    issue: tuple[Window, ...] | None = None


#: Numbers of a service that a kiosk gets at a time, where the band has room (docs/site.md says why).
_BLOCK = 40


class QueueConf(Conf, frozen=True, kw_only=True):
    """[queue]: the few numbers of the policy; see core.rules.Rules for their meaning."""

    band_from: Annotated[int, Meta(ge=2, le=999)] = 700
    band_to: Annotated[int, Meta(ge=2, le=999)] = 999
    block: Annotated[int, Meta(ge=1, le=300)] | None = None
    bounce: Annotated[float, Meta(ge=0, le=30)] = 2.0
    inferred_service: Annotated[float, Meta(ge=0, le=600)] = 45.0
    priority_ratio: Annotated[int, Meta(ge=0, le=20)] = 2
    max_wait_minutes: Annotated[float, Meta(gt=0, le=600)] = 45.0
    calls: Annotated[int, Meta(ge=1, le=10)] = 3
    call_gap: Annotated[float, Meta(ge=5, le=300)] = 25.0
    return_within_minutes: Annotated[float, Meta(ge=0, le=600)] = 45.0
    return_behind: Annotated[int, Meta(ge=0, le=20)] = 2
    undo_within: Annotated[float, Meta(ge=0, le=60)] = 10.0
    unstaffed_after_minutes: Annotated[float, Meta(gt=0, le=120)] = 5.0
    idle_after_minutes: Annotated[float, Meta(gt=0, le=120)] = 10.0

    def lent(self, kiosks: int) -> int:
        """Numbers in one lease: `block`, or 40, or what a band has for two blocks of each of so many and one more."""
        room = self.band_to - self.band_from + 1
        return self.block or max(1, min(_BLOCK, room // (2 * kiosks + 1)))


class PriorityConf(Conf, frozen=True, kw_only=True):
    """[priority]: who may grant it (managers always may); `age`: from when somebody is elderly, as the pages say it."""

    granted_by: tuple[Literal["kiosk", "greeter", "clerk"], ...] = ("kiosk", "greeter", "clerk")
    age: Annotated[int, Meta(ge=60, le=100)] = 75


class VoiceConf(Conf, frozen=True, kw_only=True):
    """[voice]: how the wall speaks. `clips`: a folder of recorded WAVs that replaces the rendered ones."""

    on: bool = True
    style: Literal["digits", "number", "hybrid"] = "digits"
    region: Literal["north", "south"] = "north"
    volume: Annotated[int, Meta(ge=0, le=100)] = 90
    speak_within: Annotated[float, Meta(ge=1, le=300)] = 30.0
    clips: str | None = None


class ServiceConf(Conf, frozen=True, kw_only=True):
    """[[service]]: one line of people; `code` begins its numbers.

    quota: numbers in a day. dossier_cap: dossiers in one turn; a visitor with more goes on behind those who wait, here
    or in the service `bulk`. fields: of the procedures that it does, as the list of procedures names them.
    """

    code: Annotated[str, Meta(pattern=r"^[A-Z1-9]$", description="one letter A to Z or a digit 1 to 9")]
    name: Text
    name_en: str = ""
    quota: Annotated[int, Meta(ge=1, le=9999)] | None = None
    dossier_cap: Annotated[int, Meta(ge=1, le=1000)] | None = None
    bulk: str | None = None
    fields: tuple[Text, ...] = ()


class ElsewhereConf(Conf, frozen=True, kw_only=True):
    """[[elsewhere]]: procedures of these `fields` are not done here; `where` says who does them, as people read it."""

    fields: tuple[Text, ...]
    where: Text
    where_en: str = ""


class PinsConf(Conf, frozen=True, kw_only=True):
    """GPIO numbers (BCM) of a call unit's buttons and lamp."""

    next: Pin = 17
    recall: Pin = 27
    no_show: Pin = 22
    lamp: Pin = 23


class LineConf(Conf, frozen=True, kw_only=True):
    """[[line]]: an RS-485 line with keypads and signs; docs/keypad.md.

    port: the adapter's device file; one under /dev/serial/by-id keeps its name in another socket.
    """

    name: DeviceId
    port: Text
    baud: Baud = 9600


class SeatConf(Conf, frozen=True, kw_only=True):
    """The place of a keypad or sign: its line and the address that is set on it."""

    line: str
    address: Annotated[int, Meta(ge=1, le=31)]


class CounterConf(Conf, frozen=True, kw_only=True):
    """[[counter]]: a place where a clerk works; `device` is its call unit.

    order: whom *next* calls, the longest waiting of all its services or the first of `services` that has anybody.
    keypad: on a serial line, instead of buttons and a lamp on `pins`. sign: an LED sign above the counter.
    """

    number: Annotated[int, Meta(ge=1, le=99)]
    services: tuple[str, ...]
    label: str = ""
    order: Literal["longest-wait", "preference"] = "longest-wait"
    device: DeviceId | None = None
    pins: PinsConf = PinsConf()
    keypad: SeatConf | None = None
    sign: SeatConf | None = None

    @property
    def parts(self) -> dict[str, SeatConf]:
        """What its call unit has on serial lines, `keypad` before `sign`."""
        return {part: seat for part, seat in (("keypad", self.keypad), ("sign", self.sign)) if seat is not None}

    @property
    def unit(self) -> str:
        """The device id of its call unit: `counter-<number>` unless said otherwise."""
        return self.device or f"counter-{self.number}"

    @property
    def shown(self) -> str:
        """What people read: `Quầy 3` unless said otherwise."""
        return self.label or f"Quầy {self.number}"


class PlainButtonConf(Conf, frozen=True, kw_only=True):
    """[[button]]: an MQTT button of any make for one counter; docs/buttons.md has an example for each.

    device: its name, and its user name at the broker. Without `topic` it says `button/<device>/<command>` below the
    site's root, with any payload. With one, `payloads` says which command each payload means, or each text that stands
    at `field` of its JSON: dots lead into it, numbers count in lists. where: only messages with these texts are its
    own. count_field: where it counts its presses; a message with the count of the one before is no press.
    gateway: the user name of a bridge that speaks for it, as Zigbee2MQTT; several buttons may have the same.
    """

    device: DeviceId
    counter: int
    topic: MqttTopic | None = None
    payloads: dict[Text, ButtonCommand] = {}
    field: FieldPath | None = None
    where: dict[FieldPath, Text] = {}
    count_field: FieldPath | None = None
    gateway: DeviceId | None = None


class DutyConf(Conf, frozen=True, kw_only=True):
    """[[duty]]: a line of the roster: `who` serves `services` (left out = the counter's own) at `counter`.

    who: a pseudonym, never a name: it stands in the log and in figures that leave the site.
    """

    counter: int
    who: Pseudonym
    services: tuple[str, ...] | None = None
    days: tuple[Weekday, ...] = MONDAY_TO_FRIDAY
    half: Literal["morning", "afternoon", "day"] = "day"


class PrinterConf(Conf, frozen=True, kw_only=True):
    """[kiosk.printer]: how the ticket printer is reached; `width` is in dots (384, 512 or 576).

    graphics, qr: how it wants pictures and codes. answers: false for one whose word is wrong; then it is never asked.
    """

    kind: Literal["network", "usb", "serial", "file", "fake"] = "usb"
    width: Literal[384, 512, 576] = 576
    host: str = ""
    port: Port = 9100
    path: str = ""
    baud: int = 115200
    vendor: int = 0
    product: int = 0
    graphics: Literal["raster", "columns"] = "raster"
    qr: Literal["printer", "drawn"] = "printer"
    answers: bool = True


class ButtonConf(Conf, frozen=True, kw_only=True):
    """[[kiosk.button]]: one service's button and lamp, GPIO numbers (BCM)."""

    service: str
    pin: Pin
    lamp: Pin | None = None


class ScannerConf(Conf, frozen=True, kw_only=True):
    """[kiosk.scanner]: the code scanner, in its USB-COM mode.

    port: its device file; one under /dev/serial/by-id keeps its name in another socket.
    """

    port: Text
    baud: Baud = 9600


class KioskConf(Conf, frozen=True, kw_only=True):
    """[[kiosk]]: a machine that gives out tickets.

    screen: it has a touch page, which it serves itself at `page_port`, to this machine only unless `page_listen` says
    otherwise. crowd_tickets within crowd_minutes are a crowd: nobody is asked then whether a second number is wanted.
    """

    device: DeviceId = "kiosk-1"
    screen: bool = False
    page_port: Port = 8090
    page_listen: Text = "127.0.0.1"
    crowd_tickets: Annotated[int, Meta(ge=2, le=100)] = 8
    crowd_minutes: Annotated[float, Meta(ge=0.5, le=60)] = 2.0
    printer: PrinterConf = PrinterConf()
    scanner: ScannerConf | None = None
    button: tuple[ButtonConf, ...] = ()


class DisplayConf(Conf, frozen=True, kw_only=True):
    """[[display]]: a wall display; `driver` is an SDL video driver, empty = the first that works."""

    device: DeviceId = "display-1"
    driver: str = ""
    width: int = 0
    height: int = 0
