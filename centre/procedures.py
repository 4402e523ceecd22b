"""`moiso procedures`: take over a list of procedures, and try what the kiosk's finder finds in it."""

import argparse
import sqlite3
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from centre.bundle import state_of
from moiso.procedures.catalogue import Catalogue
from moiso.procedures.changes import changes_of, summary, where_done
from moiso.procedures.places import places_of
from moiso.procedures.procedure import Procedure
from moiso.procedures.rows import procedures_of
from moiso.procedures.sheet import Sheet, read_sheet
from moiso.procedures.store import FILE, Stored, read, write
from moiso.procedures.wordlist import read_words
from moiso.runtime.program import Unusable, guarded
from moiso.runtime.site import Site, load
from moiso.runtime.toml import ConfigError

#: What a centre is tried with.
SAMPLE = Path(__file__).resolve().parent.parent / "examples" / "procedures.csv"

DONE = "imported: kiosks of this machine have it now, others with their next bundle (moiso bundle DEVICE)"
EXAMPLES = """\
examples:
  moiso procedures import list.xlsx --dry-run       say what would change, and every mistake, by row
  moiso procedures import list.xlsx                 running kiosks of this machine take it at once
  moiso procedures find so do                       what the kiosk would find
  moiso procedures find --site my-site.toml --state state/my-site 1.001193"""
IMPORT_EXAMPLES = """\
examples:
  sudo moiso procedures import danh-muc.xlsx --dry-run          look first: every mistake by row, what would change
  sudo moiso procedures import danh-muc.xlsx                    take it over whole, or not at all
  sudo moiso procedures import danh-muc.csv --words words.toml  with the centre's own everyday words
  moiso procedures import danh-muc.csv --site my-site.toml --state state/my-site     where nothing is installed"""
FIND_EXAMPLES = """\
examples:
  moiso procedures find so do            without marks, as people type
  moiso procedures find 1.001193         by code
  moiso procedures find khai sinh --site my-site.toml --state state/my-site          where nothing is installed"""


def main(argv: Sequence[str] | None = None) -> int:
    """Import a list or search the one that is there; EX_CONFIG and all its mistakes when it cannot be used."""
    args = _parser().parse_args(argv)
    return guarded(lambda: int(args.do(args)))


def take(path: Path, site: Site, state: Path, words: Path | None = None, *, dry_run: bool = False) -> list[str]:
    """Put a list in the place of the one before; a dry run only looks. Returns the lines of its summary.

    words: a file of the site's own everyday words; None: those of the list before stay.
    Raises ConfigError with every mistake by row, or Unusable.
    """
    sheet, before = read_sheet(path), read(state / FILE)
    after = _procedures(path, sheet, [service.code for service in site.services])
    everyday = read_words(words) if words else before.everyday
    if not dry_run:
        _write(state / FILE, Stored(after, everyday), path.name)
    unused = f"columns that say nothing here: {', '.join(sheet.columns.unused)}"
    return [
        f"{path}: {len(after)} procedures ({sheet.kind})",
        *([unused] if sheet.columns.unused else []),
        *summary(changes_of(before.procedures, after)),
        *where_done(after, places_of(site.services, site.elsewhere)),
    ]


def listed(path: Path, services: Sequence[str] = ()) -> list[Procedure]:
    """The procedures of a list; services: the letters that may stand in it.

    Raises ConfigError with every mistake by row, or Unusable.
    """
    return _procedures(path, read_sheet(path), services)


def _procedures(path: Path, sheet: Sheet, services: Sequence[str]) -> list[Procedure]:
    procedures, errors = procedures_of(sheet.columns, sheet.rows, services)
    if errors or not procedures:
        raise ConfigError(path, errors or ["has no procedures below its header"])
    return procedures


def _write(target: Path, stored: Stored, source: str) -> None:
    try:
        write(target, stored, source, time.time())
    except (OSError, sqlite3.Error) as error:
        raise Unusable(f"cannot write {target} ({error}); the list before is still there") from None


def _import(args: argparse.Namespace) -> int:
    site = load(args.site)
    lines = take(args.file, site, args.state or state_of(args.site), args.words, dry_run=args.dry_run)
    print("\n".join(lines))
    print("nothing was changed (--dry-run)" if args.dry_run else DONE)
    return 0


def _find(args: argparse.Namespace) -> int:
    site = load(args.site)
    catalogue = Catalogue.open((args.state or state_of(args.site)) / FILE, places_of(site.services, site.elsewhere))
    if catalogue.about() is None:
        raise Unusable("there is no list of procedures yet: moiso procedures import FILE")
    found = catalogue.find(" ".join(args.text))
    for procedure in found:
        print(f"{procedure.code}  {_place(procedure):<8}  {procedure.label()}")
    if not found:
        print("the kiosk would find nothing", file=sys.stderr)
    return 0 if found else 1


def _place(procedure: Procedure) -> str:
    return procedure.service or procedure.where or "?"


def _word(words: Any, name: str, what: str, examples: str) -> argparse.ArgumentParser:
    plain = argparse.RawDescriptionHelpFormatter
    said = f"{what[0].upper()}{what[1:]}."
    parser: argparse.ArgumentParser = words.add_parser(
        name, help=what, description=said, epilog=examples, formatter_class=plain
    )
    return parser


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="moiso procedures",
        description="The procedures that people find on the kiosk's page, with the papers to bring.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    words = parser.add_subparsers(required=True, metavar="import|find")
    bring = _word(words, "import", "take over a list (CSV or XLSX)", IMPORT_EXAMPLES)
    bring.add_argument("file", type=Path, metavar="FILE", help="the list; docs/procedures.md says what its columns are")
    bring.add_argument("--dry-run", action="store_true", help="only say what would change")
    bring.add_argument("--words", type=Path, metavar="FILE", help="the centre's own everyday words (TOML)")
    bring.set_defaults(do=_import)
    search = _word(words, "find", "what the kiosk would find", FIND_EXAMPLES)
    search.add_argument("text", nargs="+", metavar="TEXT", help="what somebody types")
    search.set_defaults(do=_find)
    for each in (bring, search):
        each.add_argument("--site", type=Path, default=Path("/etc/moiso/site.toml"), metavar="FILE", help="site.toml")
        each.add_argument("--state", type=Path, metavar="DIR", help="the centre's data")
    return parser
