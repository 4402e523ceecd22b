"""What a refusal says to people."""

import msgspec

from hub.replies import rejected
from moiso.core.asking import Rejected
from moiso.core.commands import CALL_REASONS
from moiso.core.rules import PRIORITY_CLASSES
from moiso.wire.messages import Reply, Words


def said(why: Rejected) -> Words:
    reply = msgspec.json.decode(rejected("p-1", "call", why, {}), type=Reply)
    assert reply.message is not None
    return reply.message


def test_a_state_is_named_in_each_language():
    words = said(Rejected("not-callable", ticket="A001", state="done"))
    assert "đã phục vụ xong" in words.vi
    assert "served" in words.en


def test_reasons_to_choose_from_have_names_and_codes():
    words = said(Rejected("reason-needed", ticket="A001", reasons=", ".join(CALL_REASONS)))
    assert "việc khẩn cấp (urgent)" in words.vi
    assert "an emergency (urgent)" in words.en
    assert all(f"({code})" in words.vi for code in CALL_REASONS)


def test_priority_classes_to_choose_from_have_names_and_codes():
    words = said(Rejected("unknown-class", classes=", ".join(PRIORITY_CLASSES)))
    assert "người có trẻ nhỏ đi cùng (with-child)" in words.vi
    assert all(f"({code})" in words.en for code in PRIORITY_CLASSES)
