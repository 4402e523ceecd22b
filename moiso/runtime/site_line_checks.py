"""What contradicts itself in the serial lines of a site.toml. Pure.

site_checks says how a check gets its tables.
"""

from collections import defaultdict
from collections.abc import Sequence

from moiso.runtime.site_tables import CounterConf, LineConf

Counters = Sequence[CounterConf]
Lines = Sequence[LineConf]


def line_names(lines: Lines) -> list[str]:
    """No two lines have one name or hang on one port."""
    names, ports = [line.name for line in lines], [line.port for line in lines]
    return [
        *(f"line {name!r}: is there twice" for name in sorted({name for name in names if names.count(name) > 1})),
        *(f"line: the port {port} is used twice" for port in sorted({port for port in ports if ports.count(port) > 1})),
    ]


def line_seats(lines: Lines, counters: Counters) -> list[str]:
    """Keypads and signs hang on a line that there is."""
    names = [line.name for line in lines]
    known = f"known: {', '.join(names)}" if names else "add a [[line]] with its name and port"
    return [
        f"counter {counter.number}: its {part} is on line {seat.line!r}, which is not there; {known}"
        for counter in counters
        for part, seat in counter.parts.items()
        if seat.line not in names
    ]


def line_addresses(counters: Counters) -> list[str]:
    """An address belongs to one counter; a box that is keypad and sign of one counter has one."""
    owners: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for counter in counters:
        for part, seat in counter.parts.items():
            owners[seat.line, seat.address].setdefault(counter.number, part)
    return [
        f"line {line!r}: the address {address} is used twice, by "
        + " and ".join(f"the {part} of counter {number}" for number, part in by.items())
        for (line, address), by in owners.items()
        if len(by) > 1
    ]


LINE_CHECKS = (line_names, line_seats, line_addresses)
