"""Every text is said somewhere, and every text that a program or a page names is there.

Read from the sources: strings, and those that are put together, as `f"web.mark_{mark}"` in a program,
`"clerk.help_" ~ name` in a template or `${head}_what` in a script. What is put in may be any word, so a text counts as
said when it may be.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import moiso.texts

TEXTS = Path(moiso.texts.__path__[0])
ROOMS = ("moiso", "hub", "kiosk", "counter_terminal", "display", "stats", "web", "centre")
FILES = [
    path for room in ROOMS for path in (TEXTS.parents[1] / room).rglob("*") if path.suffix in {".py", ".html", ".js"}
]
TABLES: dict[str, dict[str, str]] = tomllib.loads((TEXTS / "vi.toml").read_text(encoding="utf-8"))
KEYS = [f"{table}.{name}" for table, texts in TABLES.items() for name in texts]
#: What stands for a word that is put in.
SPOT = "*"
_QUOTED = re.compile(r"""["']([^"'\n]*)["']""")
_IN_TEMPLATE = re.compile(r"text\(((?:[^(),]|\([^()]*\))+)")


def in_program(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else SPOT for part in node.values)


def in_template(source: str) -> Iterator[str]:
    """`text("a.b_" ~ c ~ "_is")` -> `a.b_*_is`; and every string and name that a macro may be given."""
    yield from _QUOTED.findall(source)
    yield from re.findall(r"text\.(\w+)", source)
    for asked in _IN_TEMPLATE.findall(source):
        parts = [part.strip() for part in asked.split("~")]
        yield "".join(part[1:-1] if part[:1] in {'"', "'"} else SPOT for part in parts)


def in_script(source: str) -> Iterator[str]:
    yield from _QUOTED.findall(source)
    yield from (re.sub(r"\$\{[^}]*\}", SPOT, name) for name in re.findall(r"`([^`\n]*)`", source))


READ = {".py": in_program, ".html": in_template, ".js": in_script}
SAID = {
    word.replace("-", "_").replace("%d", SPOT)
    for path in FILES
    for name in READ[path.suffix](path.read_text(encoding="utf-8"))
    for word in name.split()
}
MADE = [name for name in SAID if SPOT in name and re.fullmatch(r"[a-z0-9_.*]+", name) and name != SPOT]


def fits(made: str, whole: str) -> bool:
    """Whether `whole` may be what is made; of one that says next to nothing, with words that are said elsewhere."""
    found = re.fullmatch(re.escape(made).replace(r"\*", "([a-z0-9_]*)"), whole)
    return found is not None and (re.search("[a-z]{2}", made) is not None or SAID.issuperset(found.groups()))


def may_be_said(key: str) -> bool:
    """By its whole name, or where one table is meant anyway (the touch page, the clerk's panel) by its own alone."""
    table, _, name = key.partition(".")
    made = [each for each in MADE if each != f"{table}.{SPOT}"]
    return not SAID.isdisjoint({key, name}) or any(fits(each, key) or fits(each, name) for each in made)


def test_every_text_may_be_said() -> None:
    assert [key for key in KEYS if not may_be_said(key)] == [], "nothing says these: take them out of every file"


def asked_for(path: Path) -> list[str]:
    """What stands in the calls of a catalogue."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return [name for call in _IN_TEMPLATE.findall(source) for name in _QUOTED.findall(call)]
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args)
    keys = (
        call.args[0] for call in calls if getattr(call.func, "attr", getattr(call.func, "id", "")) in {"text", "both"}
    )
    parts = (part for key in keys for part in ast.walk(key))
    return [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def test_every_text_that_is_named_is_there() -> None:
    """A name that something is put behind, as `web.mark_`, begins at least one."""
    named = [name for path in FILES for name in asked_for(path) if re.fullmatch(r"[a-z_]+\.[a-z0-9_]+", name)]
    assert len(named) > 400, "the search finds too few"
    begun = {name for name in named if name.endswith("_") and any(key.startswith(name) for key in KEYS)}
    assert set(named) - begun - set(KEYS) == set()
