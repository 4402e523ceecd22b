"""What an import would change, in a few lines. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moiso.procedures.places import Places
from moiso.procedures.procedure import Procedure

#: Procedures, or fields, that are named one by one.
SHOWN = 8


@dataclass(frozen=True)
class Changes:
    """The procedures that are new, that are different, and that are gone, in the order of their lists."""

    new: list[Procedure]
    changed: list[tuple[Procedure, tuple[str, ...]]]
    gone: list[Procedure]
    same: int


def changes_of(before: Iterable[Procedure], after: Iterable[Procedure]) -> Changes:
    """The difference of two lists; with a changed procedure stand the names of what differs."""
    old, new = {p.code: p for p in before}, {p.code: p for p in after}
    both = [(old[code], new[code]) for code in new if code in old]
    return Changes(
        new=[p for code, p in new.items() if code not in old],
        changed=[(b, differs) for a, b in both if (differs := _differs(a, b))],
        gone=[p for code, p in old.items() if code not in new],
        same=sum(a == b for a, b in both),
    )


def summary(changes: Changes) -> list[str]:
    """The changes as lines of text."""
    return [
        *_papers_lost(changes),
        f"new: {len(changes.new)}, changed: {len(changes.changed)}, gone: {len(changes.gone)}, same: {changes.same}",
        *_some("+", [f"{p.code} {p.label()}" for p in changes.new]),
        *_some("~", [f"{p.code} {p.label()} ({', '.join(what)})" for p, what in changes.changed]),
        *_some("-", [f"{p.code} {p.label()}" for p in changes.gone]),
    ]


def where_done(procedures: Iterable[Procedure], places: Places) -> list[str]:
    """Who does how many of them, and which fields nobody has."""
    placed = [places.placed(p) for p in procedures]
    here = Counter(p.service for p in placed if p.service)
    nobody = Counter(p.field or "(no field)" for p in placed if not p.service and not p.where)
    lines = [f"service {service}: {n} procedures" for service, n in sorted(here.items())]
    lines += [f"{where}: {n} procedures" for where, n in Counter(p.where for p in placed if p.where).most_common()]
    if nobody:
        lines.append(
            f"nobody: {nobody.total()} procedures of {len(nobody)} fields; people are sent to the desk."
            " Name the fields under [[service]] or [[elsewhere]] in site.toml:"
        )
        lines += _some("?", [f"{name!r}: {n}" for name, n in nobody.most_common()])
    return lines


def _papers_lost(changes: Changes) -> list[str]:
    """A ministry's export often has no papers; whoever wrote them down should not lose them unasked."""
    lost = sum("papers" in what and not procedure.papers for procedure, what in changes.changed)
    return [f"! {lost} procedures have papers to bring now and none in this list"] if lost else []


def _differs(before: Procedure, after: Procedure) -> tuple[str, ...]:
    return tuple(name for name in Procedure.__struct_fields__ if getattr(before, name) != getattr(after, name))


def _some(mark: str, lines: Sequence[str]) -> list[str]:
    more = [f"  {mark} ... and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return [*(f"  {mark} {line}" for line in lines[:SHOWN]), *more]
