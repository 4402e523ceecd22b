"""`moiso`: one command for everything; each word loads only what it needs."""

import sys
from importlib import import_module

#: word -> (module with `main(argv)`, what it does)
WORDS: dict[str, tuple[str, str]] = {
    "up": ("centre.up", "run a whole centre on this machine"),
    "status": ("centre.status", "what is wrong with which device, and what to do"),
    "account": ("centre.account", "who may log in to the pages"),
    "check": ("centre.check", "every mistake of a site.toml at once"),
    "procedures": ("centre.procedures", "the procedures that people find on a kiosk's page"),
    "install": ("centre.install", "start everything at power-on, by systemd"),
    "uninstall": ("centre.install", "undo what install did"),
    "bundle": ("centre.bundle", "one file with which another machine joins as a device"),
    "join": ("centre.join", "run the device of a bundle on this machine"),
    "simulate": ("centre.simulate.__main__", "days of a centre in minutes, every promise checked"),
    "broker": ("centre.broker", "one program: the MQTT broker"),
    "hub": ("hub.__main__", "one program: the hub"),
    "kiosk": ("kiosk.__main__", "one program: a kiosk"),
    "screen": ("kiosk.browser", "one program: the browser on a kiosk's touch screen"),
    "counter": ("counter_terminal.__main__", "one program: the call units"),
    "display": ("display.__main__", "one program: a wall display"),
    "stats": ("stats.__main__", "one program: the figures"),
    "web": ("web.__main__", "one program: the pages"),
}

EXAMPLES = """\
examples:
  moiso up --fake --site examples/normal.toml      try a whole centre without any hardware
  moiso check my-site.toml                         before it is used
  moiso status                                     when something does not work
  moiso WORD --help                                more about one word"""


def main(argv: list[str] | None = None) -> int:
    """Run one word of the command line; returns the exit code."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] in {"-h", "--help"}:
        print(_overview())
        return 0
    if words[0] not in WORDS:
        print(f"moiso: there is no {words[0]!r}\n\n{_overview()}", file=sys.stderr)
        return 2
    module = import_module(WORDS[words[0]][0])
    takes_word = words[0] in {"install", "uninstall", "bundle", "join"}
    return int(module.main(words if takes_word else words[1:]))


def _overview() -> str:
    lines = [f"  {word:<10} {what}" for word, (_, what) in WORDS.items()]
    return "\n".join(["usage: moiso WORD ...", "", *lines, "", EXAMPLES])


if __name__ == "__main__":
    raise SystemExit(main())
