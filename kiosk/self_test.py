"""`moiso kiosk --self-test`: look at everything that a kiosk needs, and print one page that names what works."""

from collections.abc import Sequence

from kiosk.fake_printer import FakePrinter
from kiosk.printer import Failed, Outcome, Printer, Unknown, connect
from kiosk.self_checks import (
    Text,
    check_buttons,
    check_catalogue,
    check_hub,
    check_journal,
    check_lamps,
    check_printer,
    check_scanner,
    check_speaker,
)
from kiosk.self_test_page import Finding, SelfTestPage, draw_self_test
from kiosk.site_printer import dialect_of, settings_of
from kiosk.ticket_bytes import encode
from moiso.runtime.clock import local_time
from moiso.runtime.program import Context, arguments, context_of, guarded
from moiso.runtime.site import KioskConf
from moiso.texts import catalogue

_DESCRIPTION = "Look at everything that a kiosk needs. Stop its program first: it holds the devices."
#: Lines that the terminal puts before a finding, by whether all is well.
_MARKS = {True: "✓", False: "✗", None: "·"}


def main(argv: Sequence[str]) -> int:
    """Say and print what works; 0 when nothing is wrong, 1 otherwise."""
    parser = arguments("kiosk", _DESCRIPTION, "--self-test")
    parser.add_argument("--self-test", action="store_true", help="print a page that names what works")
    args = parser.parse_args(argv)
    return guarded(lambda: _self_test(context_of(args, "kiosk")))


def _self_test(ctx: Context) -> int:
    conf = next(kiosk for kiosk in ctx.site.kiosks if kiosk.device == ctx.device)
    text = catalogue("vi").text
    fake = FakePrinter(ctx.fake_dir(ctx.device), conf.printer.width) if ctx.fake else None
    if fake is not None:
        fake.start()
        fake.expect("self-test")
    printer = connect(settings_of(conf.printer) if fake is None else fake.settings)
    findings = _look(ctx, conf, printer, text)
    for finding in findings:
        print(f"{_MARKS[finding.well]} {finding.words}")
    outcome = _printed(ctx, conf, printer, findings, text)
    print(_of_the_page(outcome, text))
    return 1 if isinstance(outcome, Failed) or any(finding.well is False for finding in findings) else 0


def _look(ctx: Context, conf: KioskConf, printer: Printer, text: Text) -> list[Finding]:
    return [
        *check_printer(printer, text),
        *check_buttons(ctx, conf, text),
        *check_lamps(ctx, conf, text),
        *check_speaker(ctx, conf, text),
        *check_scanner(ctx, conf, text),
        *check_journal(ctx, text),
        *check_hub(ctx, text),
        *check_catalogue(ctx, conf, text),
    ]


def _printed(ctx: Context, conf: KioskConf, printer: Printer, findings: Sequence[Finding], text: Text) -> Outcome:
    wrong = sum(finding.well is False for finding in findings)
    page = SelfTestPage(
        centre=ctx.site.site.name,
        title=text("self_test.title"),
        device=ctx.device,
        at=local_time(ctx.site.zone).strftime("%H:%M, %d/%m/%Y"),
        findings=findings,
        result=text("self_test.wrong", n=wrong) if wrong else text("self_test.all_well"),
        look=text("self_test.look"),
    )
    picture = draw_self_test(page, conf.printer.width)
    return printer.print(encode(picture, ctx.site.site.ticket_url, dialect_of(conf.printer)))


def _of_the_page(outcome: Outcome, text: Text) -> str:
    if isinstance(outcome, Failed):
        return text("self_test.page_failed", reason=outcome.reason)
    return text("self_test.page_unknown" if isinstance(outcome, Unknown) else "self_test.page_printed")
