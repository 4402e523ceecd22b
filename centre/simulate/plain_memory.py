"""How a line of the plain queue's paper is changed, and how what it was is kept for an undo. Pure."""

from typing import Any

Line = dict[str, Any]


class Memory:
    """The lines that the present press has changed, and the presses that may still be taken back."""

    desks: dict[int, Line]
    #: Everybody without an end, and those of them who wait, in order; until a line of somebody changes.
    unended: list[Line] | None = None
    in_order: list[Line] | None = None

    def look_again(self) -> None:
        """Somebody came, or somebody's line was changed."""
        self.unended = self.in_order = None

    # changing a line, and keeping what it was

    def start_press(self) -> None:
        """From here on `before` has changed lines with their copies, `new` who came, `called` who is called and why."""
        self.before: list[tuple[Line, Line]] = []
        self.new: list[Line] = []
        self.called: tuple[str, str] | None = None

    def write(self, line: Line, **changes: Any) -> None:
        """Change a person or a desk; writing what stands there already is no change."""
        if all(line[key] == value for key, value in changes.items()):
            return
        self._copy(line)
        if "number" in line:
            self._copy_desk_of(line)
        line.update(changes)
        if "number" in line:
            self.look_again()
            self._copy_desk_of(line)

    def _copy_desk_of(self, person: Line) -> None:
        if person["at"] is not None:
            self._copy(self.desks[person["at"]])

    def _copy(self, line: Line) -> None:
        if not any(old is line for old, _ in self.before) and not any(new is line for new in self.new):
            self.before.append((line, dict(line)))

    # deeds that may be taken back

    def forget_all(self) -> None:
        """Nothing can be taken back any more."""
        self.deeds: dict[int, Line] = {}
        self.range_deed: Line | None = None

    def forget_touched(self) -> None:
        """Whoever changed a line of another deed since has made that deed final."""
        changed = {id(line) for line, _ in self.before}
        self.deeds = {desk: deed for desk, deed in self.deeds.items() if not self._has_one(deed, changed)}
        if self.range_deed is not None and self._has_one(self.range_deed, changed):
            self.range_deed = None

    def forget_service(self, service: str) -> None:
        """Nobody is brought back to a counter in a service that stands still."""
        self.deeds = {desk: deed for desk, deed in self.deeds.items() if not self._has(deed, service)}
        if self.range_deed is not None and self._has(self.range_deed, service):
            self.range_deed = None

    def make_final(self, person: Line) -> None:
        """What was done to this person is not taken back any more."""
        self.deeds = {desk: deed for desk, deed in self.deeds.items() if not self._about(deed, person)}
        if self.range_deed is not None and self._about(self.range_deed, person):
            self.range_deed = None

    def _about(self, deed: Line, person: Line) -> bool:
        return any(line is person for line in deed["lines"])

    def _has(self, deed: Line, service: str) -> bool:
        return any(copy.get("service") == service and copy["at"] is not None for _, copy in deed["before"])

    def _has_one(self, deed: Line, changed: set[int]) -> bool:
        """Whether one of these very lines is among the deed's, not one that reads the same."""
        return not changed.isdisjoint(map(id, deed["lines"]))
