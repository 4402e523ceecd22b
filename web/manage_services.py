"""What a manager can do with services, and what it would bring about now. Pure."""

from web.hall import Hall
from web.place import Reader
from web.sheet import Option, Sheet, named, waiting


def which_service(hall: Hall, reader: Reader, command: str) -> Sheet:
    """First: which one."""
    down = {code for code, line in hall.services.items() if line.state == "suspended"}
    codes = [code for code in reader.names if (code in down) is (command == "restore-service")]
    key = command.replace("-", "_")
    return Sheet(
        title=reader.text(f"manage.{key}"),
        button=reader.text("manage.look"),
        name="service",
        options=[
            Option(value=code, text=named(code, reader), effect=waiting(hall.waits(code), reader)) for code in codes
        ],
        off="" if codes else reader.text(f"manage.{key}_none"),
    )


def suspend(hall: Hall, reader: Reader, code: str) -> Sheet:
    """The service cannot be given now."""
    text, name = reader.text, named(code, reader)
    here = [state for state in hall.counters.values() if state.service == code]
    held = [text("manage.suspend_held", counters=", ".join(state.label for state in here))] if here else []
    return Sheet(
        title=text("manage.suspend_title", service=name),
        button=text("manage.suspend_do", service=name),
        effects=[text("manage.suspend_is", n=hall.waits(code), service=name), *held, text("manage.suspend_wall")],
        command="suspend-service",
        fields={"service": [code]},
        danger=True,
    )


def restore(hall: Hall, reader: Reader, code: str) -> Sheet:
    """The service can be given again."""
    text, name, serving = reader.text, named(code, reader), hall.serving(code)
    return Sheet(
        title=text("manage.restore_title", service=name),
        button=text("manage.restore_do", service=name),
        effects=[text("manage.restore_is", n=hall.waits(code), counters=len(serving), service=name)],
        command="restore-service",
        fields={"service": [code]},
    )
