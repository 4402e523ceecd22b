"""`moiso check FILE`: every mistake of a site.toml at once."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from moiso.runtime.program import guarded
from moiso.runtime.site import load


def main(argv: Sequence[str] | None = None) -> int:
    """Check a file; 0 when it can be used, EX_CONFIG and all its errors otherwise."""
    parser = argparse.ArgumentParser(
        prog="moiso check", description="Check a site.toml.", epilog="example: moiso check examples/normal.toml"
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    args = parser.parse_args(argv)
    return guarded(lambda: _check(args.file))


def _check(path: Path) -> int:
    site = load(path)
    services = ", ".join(service.code for service in site.services)
    print(f"{path} is in order: {site.site.name}; services {services}; {len(site.counters)} counters")
    return 0
