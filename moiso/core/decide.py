"""`decide`: a command and the state give the events, or a rejection and no change.

A handler takes the case and its command; it reads the state and never writes it. `_DECIDE` lists all of them.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from moiso.core import closing, desk, issuing, outage
from moiso.core import commands as ask
from moiso.core.asking import Case, Events, Rejected, counter_of
from moiso.core.centre import Centre
from moiso.core.roles import Sender
from moiso.core.undo import RANGE, undoing

#: What may be asked while no day is open.
_BETWEEN_DAYS = (ask.LeaseBlock, ask.PostNotice, ask.OpenDay, ask.ReopenDay)


def decide(centre: Centre, command: ask.Command, by: Sender, now: float, *, trusted: bool = True) -> Events:
    """The events that this command brings about at `now` (seconds since 1970), in the name of its sender.

    trusted: the clock was set from outside. Raises Rejected; then nothing may change.
    """
    if centre.day is None and not isinstance(command, _BETWEEN_DAYS):
        raise Rejected("day-closed")
    events = _DECIDE[type(command)](Case(centre, by, now, trusted), command)
    return [replace(event, by=by.account, press=by.press, deed=centre.seq + 1) for event in events]


def _undo(case: Case, command: ask.UndoLast) -> Events:
    """Take back the last command of the sender's counter, or the last range that was typed in."""
    typed = case.centre.deeds.get(RANGE)
    of_range = case.by.counter is None or (typed is not None and command.of is not None and typed.press == command.of)
    key = RANGE if of_range else counter_of(case.centre, case.by).number
    deed = case.centre.deeds.get(key)
    if deed is None or command.of not in {None, deed.press}:
        raise Rejected("nothing-to-undo")
    if key != RANGE and case.now - deed.at > case.centre.rules.undo_within:
        raise Rejected("undo-too-late", seconds=round(case.centre.rules.undo_within))
    return undoing(case.centre, key)


_DECIDE: dict[type[ask.Command], Callable[[Case, Any], Events]] = {
    ask.IssueTicket: issuing.issue,
    ask.ConfirmPrint: issuing.printed,
    ask.ReportPrintFailure: issuing.print_failed,
    ask.ReprintTicket: issuing.reprint,
    ask.LeaseBlock: issuing.lease,
    ask.ReturnTicket: issuing.come_back,
    ask.GrantPriority: issuing.grant_priority,
    ask.RecordOffline: outage.issued_offline,
    ask.ServedOffline: outage.served_offline,
    ask.VoidTicket: outage.void,
    ask.SuspendService: outage.suspend,
    ask.RestoreService: outage.restore,
    ask.CallNext: desk.call_next,
    ask.CallTicket: desk.call,
    ask.RecallTicket: desk.recall,
    ask.StartService: desk.start,
    ask.FinishService: desk.finish,
    ask.MarkAbsent: desk.no_show,
    ask.HoldTicket: desk.hold,
    ask.ResumeTicket: desk.resume,
    ask.TransferTicket: desk.transfer,
    ask.UndoLast: _undo,
    ask.AssignServices: desk.assign,
    ask.OpenCounter: desk.open_counter,
    ask.PauseCounter: desk.pause,
    ask.CloseCounter: desk.close,
    ask.PostNotice: closing.notice,
    ask.OpenDay: closing.open_day,
    ask.CloseDay: closing.close_day,
    ask.ReopenDay: closing.reopen_day,
}
