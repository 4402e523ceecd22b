"""Tells on any page what became of the press that led to it (`?did=`)."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, request

from moiso.core.rules import PRIORITY_CLASSES
from web.door import Door
from web.forms import press_id
from web.language import language
from web.place import Reader
from web.receipts import Receipts
from web.told import told


class Telling:
    """Gives every template of an app `receipt`, `told`, and `fresh`, a press id for taking it back."""

    def __init__(self, app: Flask, door: Door, receipts: Receipts, readers: Mapping[str, Reader]) -> None:
        self._door, self._receipts, self._readers = door, receipts, readers
        app.context_processor(self._told)

    @property
    def reader(self) -> Reader:
        """Whom the present request speaks to."""
        return self._readers[language()]

    @property
    def classes(self) -> dict[str, str]:
        """What that reader calls the classes of priority, by code."""
        return {code: self.reader.priority_class(code) for code in PRIORITY_CLASSES}

    def _told(self) -> dict[str, Any]:
        person, press = self._door.person, request.args.get("did", "")
        receipt = self._receipts.of(person, press) if person and press else None
        return {"receipt": receipt, "told": told(receipt, self.reader), "fresh": press_id()} if receipt else {}
