"""The worker that prints, with the real driver on a real socket to a printer of software."""

import queue
import threading
from collections.abc import Iterator

import pytest

from kiosk.checklist import ChecklistText
from kiosk.escpos_decode import Kind, Parser
from kiosk.fake_printer import FakePrinter
from kiosk.paper import PaperStatus
from kiosk.ports import Paper, Printed
from kiosk.press_room import PressRoom
from kiosk.printer import Dialect, Printer, Unknown, connect
from kiosk.sheets import Sheet, SheetPrinted
from kiosk.words import read_issued
from tests.kiosk.front import LETTERHEAD, issued
from tests.kiosk.patience import Motor, hasty, patient
from tests.whole.centre import until
from tests.whole.talk import PATIENCE

WIDTH = 384
LIST = ChecklistText("Trung tâm", "GIẤY TỜ CẦN MANG", "Khai sinh", "", "1.001193", ("Tờ khai",), "", "", "", "", "", "")


class Shop:
    """A press room and what it tells."""

    def __init__(self, printer: Printer, fake: FakePrinter | None = None, dialect: Dialect = Dialect()) -> None:  # noqa: B008
        self.told: queue.Queue[object] = queue.Queue()
        self.fake, self.printer = fake, printer
        self.room = PressRoom(printer, WIDTH, self.told.put, fake.expect if fake else None, dialect)
        self.room.start()

    def print(self, ticket: str) -> None:
        self.room.add(LETTERHEAD.ticket(read_issued(issued(ticket)), "token"))

    def printed(self) -> Printed:
        """The next word about a ticket."""
        return self._next(Printed)

    def told_of_paper(self) -> Printed | SheetPrinted:
        """The next word about a ticket or a sheet."""
        return self._next((Printed, SheetPrinted))

    def paper(self) -> PaperStatus:
        """The next word about the paper."""
        return self._next(Paper).status

    def _next(self, kind):
        while not isinstance(item := self.told.get(timeout=PATIENCE), kind):
            pass
        return item


@pytest.fixture(autouse=True)
def waits(monkeypatch) -> None:
    patient(monkeypatch)
    monkeypatch.setattr("kiosk.press_room.STOP_WAIT", PATIENCE)
    monkeypatch.setattr("kiosk.press_room.ASK_EVERY", PATIENCE)


@pytest.fixture
def often(monkeypatch, waits) -> None:
    """An idle printer is asked again and again."""
    monkeypatch.setattr("kiosk.press_room.ASK_EVERY", 0.05)


@pytest.fixture
def motor(monkeypatch) -> Motor:
    return Motor(monkeypatch)


@pytest.fixture
def shop(tmp_path) -> Iterator[Shop]:
    fake = FakePrinter(tmp_path, WIDTH)
    fake.start()
    made = Shop(connect(fake.settings), fake)
    yield made
    made.room.stop()
    fake.stop()


def test_it_says_how_the_paper_is_before_anybody_prints(shop):
    assert shop.paper() is PaperStatus.OK


def test_a_ticket_is_printed_when_the_printer_has_it_on_paper(shop, tmp_path):
    shop.print("A012")
    assert shop.printed() == Printed("A012", None)
    assert (tmp_path / "tickets" / "A012.escpos").read_bytes().startswith(b"\x1b@")
    assert (tmp_path / "tickets" / "A012.png").exists()


def test_tickets_come_out_one_after_the_other_in_order(shop, tmp_path):
    shop.fake.speed = 500.0
    for ticket in ("A001", "B001", "A002"):
        shop.print(ticket)
    assert [shop.printed() for _ in range(3)] == [Printed("A001", None), Printed("B001", None), Printed("A002", None)]
    made = sorted((tmp_path / "tickets").glob("*.escpos"), key=lambda path: path.stat().st_mtime_ns)
    assert [path.stem for path in made] == ["A001", "B001", "A002"]


def test_nothing_is_said_of_a_ticket_before_it_is_out(shop, motor):
    moving = threading.Event()
    shop.fake.speed = 200.0
    motor.held(moving.set)
    shop.print("A001")
    assert moving.wait(PATIENCE)
    assert not [said for said in list(shop.told.queue) if isinstance(said, Printed)]
    motor.go_on()
    assert shop.printed() == Printed("A001", None)


def test_the_paper_of_a_ticket_takes_a_usual_printer_less_than_two_seconds(shop, motor):
    shop.fake.speed = 150.0
    shop.print("A001")
    assert shop.printed().reason is None
    assert 120 / 150.0 < sum(motor.turned) < 2.0, "a ticket is 12 cm long at least"


@pytest.mark.parametrize(
    ("state", "reason", "refused"),
    [
        ("out", "out", True),
        ("cover", "cover", True),
        ("cutter", "cutter", True),
        ("silent", "unknown", False),
        ("garbage", "unknown", False),
    ],
)
def test_a_printer_that_does_not_confirm_gives_its_reason(shop, monkeypatch, state, reason, refused):
    assert shop.paper() is PaperStatus.OK
    if reason == "unknown":
        hasty(monkeypatch)
    shop.fake.set_paper(state)
    shop.print("A001")
    assert shop.printed() == Printed("A001", reason, refused)


def test_a_ticket_that_stops_halfway_was_not_refused(shop, motor):
    shop.fake.speed = 50.0
    motor.held(lambda: shop.fake.set_paper("out"))
    shop.print("A001")
    assert shop.printed() == Printed("A001", "out", refused=False)
    motor.go_on()


def test_a_checklist_is_printed_between_the_tickets(shop, tmp_path):
    shop.print("A001")
    shop.room.add(Sheet("p7", LIST, "Đăng ký khai sinh (1.001193)"))
    shop.print("A002")
    assert [shop.told_of_paper() for _ in range(3)] == [
        Printed("A001", None), SheetPrinted("p7", None), Printed("A002", None),
    ]  # fmt: skip
    assert (tmp_path / "tickets" / "list-p7.qr").read_text() == "Đăng ký khai sinh (1.001193)"


def test_a_checklist_without_paper_is_told_as_a_ticket_is(shop):
    shop.fake.set_paper("out")
    shop.room.add(Sheet("p7", LIST, ""))
    assert shop.told_of_paper() == SheetPrinted("p7", "out")


def test_a_printer_with_a_dialect_of_its_own_is_spoken_to_in_it(tmp_path):
    fake = FakePrinter(tmp_path, WIDTH)
    fake.start()
    shop = Shop(connect(fake.settings), fake, Dialect("columns"))
    shop.print("A001")
    assert shop.printed() == Printed("A001", None)
    kinds = {command.kind for command in Parser().feed((tmp_path / "tickets" / "A001.escpos").read_bytes())}
    assert Kind.COLUMNS in kinds
    assert not kinds & {Kind.RASTER, Kind.TWO_D_CODE}
    shop.room.stop()
    fake.stop()


def test_a_ticket_that_failed_does_not_come_out_later(shop, tmp_path):
    shop.fake.set_paper("out")
    shop.print("A001")
    assert shop.printed().reason == "out"
    shop.fake.set_paper("ok")
    shop.print("A002")
    assert shop.printed() == Printed("A002", None)
    assert [path.stem for path in (tmp_path / "tickets").glob("*.escpos")] == ["A002"]


def test_a_line_that_breaks_in_the_ticket_fails_it_and_the_next_one_is_printed(shop, tmp_path):
    assert shop.paper() is PaperStatus.OK
    shop.fake.drop_after(300)
    shop.print("A001")
    assert shop.printed().reason in {"line-lost", "unknown"}
    shop.print("A002")
    assert shop.printed() == Printed("A002", None)
    assert [path.stem for path in (tmp_path / "tickets").glob("*.escpos")] == ["A002"]


def test_what_the_paper_does_is_told_once_for_each_change(often, shop):
    asked, status = [], shop.printer.status
    shop.printer.status = lambda: asked.append(1) or status()
    assert shop.paper() is PaperStatus.OK
    for state in ("near", "out", "ok", "cover"):
        before = len(asked)
        until(lambda before=before: len(asked) > before + 2, PATIENCE, "it is not asked")
        shop.fake.set_paper(state)
        assert shop.paper() is PaperStatus(state), "the next thing that is told"


def test_a_printer_that_is_gone_is_offline(often, shop):
    assert shop.paper() is PaperStatus.OK
    shop.fake.stop()
    # One that goes while it is asked has not said anything.
    while (said := shop.paper()) is PaperStatus.UNKNOWN:
        pass
    assert said is PaperStatus.OFFLINE
    shop.print("A001")
    assert shop.printed() == Printed("A001", "not-found", refused=True)


def test_a_program_that_ends_lets_the_ticket_finish(shop, tmp_path):
    shop.fake.speed = 300.0
    shop.print("A001")
    shop.room.stop()
    assert (tmp_path / "tickets" / "A001.escpos").exists()
    assert shop.printed() == Printed("A001", None)


class Clumsy:
    """A printer driver that breaks the rule and raises."""

    def __init__(self) -> None:
        self.broken, self.closed = True, False
        self.threads: set[str] = set()

    def print(self, job: bytes) -> Unknown:
        self.threads.add(threading.current_thread().name)
        if self.broken:
            raise ZeroDivisionError(len(job))
        return Unknown()

    def status(self) -> PaperStatus:
        return PaperStatus.UNKNOWN

    def close(self) -> None:
        self.closed = True


def test_a_fault_in_the_driver_costs_one_ticket_and_not_the_kiosk(caplog):
    printer = Clumsy()
    shop = Shop(printer)
    shop.print("A001")
    assert shop.printed() == Printed("A001", "internal", refused=True)
    assert "A001" in caplog.text
    printer.broken = False
    shop.print("A002")
    assert shop.printed() == Printed("A002", "unknown")
    assert printer.threads == {"press-room"}
    shop.room.stop()
    assert printer.closed
