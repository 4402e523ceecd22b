"""What the clerk's panel says after a press."""

from typing import Any

import pytest

from moiso.wire.messages import Reply, Words
from tests.web.scenes import EN, VI, heard
from web.clerk_says import COMMANDS, said
from web.place import Reader
from web.question import Seat, facts_of


def says(command: str, form: dict[str, str] | None = None, reader: Reader = VI, **data: Any) -> str:
    reply = Reply(re="1", to=command, status="ok", data=data)
    return said(command, form or {}, reply, Seat(facts_of(heard()), 1, reader))


SENTENCES = [
    ("next", {"after": "A012"}, {"ticket": "A013"}, "Đã gọi A013."),
    ("next", {"after": "A012"}, {"ticket": None}, "Không còn ai chờ."),
    ("finish", {"after": "A012"}, {"ticket": None}, "A012 đã xong."),
    ("finish", {"after": "A012", "more": "1"}, {"ticket": None}, "A012 xếp lại, còn hồ sơ."),
    ("no-show", {"after": "A012"}, {"ticket": None}, "Đã ghi A012 vắng mặt."),
    ("hold", {"after": "A012"}, {"ticket": None}, "A012 được giữ chỗ."),
    ("resume", {"ticket": "A003", "after": "A012"}, {"ticket": "A003"}, "A003 làm tiếp."),
    ("return", {"ticket": "A003"}, {"ticket": "A003", "ahead": 2}, "A003 đã vào lại hàng chờ, phía trước còn 2 người."),
    ("suspend-service", {"service": "B"}, {"service": "B"}, "Hộ tịch: tạm ngừng gọi. Mọi người giữ nguyên chỗ."),
    ("assign", {}, {"services": ["A", "B"]}, "Quầy này phục vụ: Chứng thực, Hộ tịch."),
    ("grant-priority", {"class": "none"}, {"ticket": "A003"}, "A003 thôi được ưu tiên."),
]


@pytest.mark.parametrize(("command", "form", "data", "sentence"), SENTENCES)
def test_what_was_done_is_one_short_sentence(command: str, form: dict[str, str], data: dict[str, Any], sentence: str):
    assert says(command, form, **data) == sentence


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("reader", [VI, EN], ids=["vi", "en"])
def test_every_key_has_its_sentence_in_every_language(command: str, reader: Reader):
    assert says(command, {"ticket": "A001", "service": "A"}, reader=reader, ticket="A001", ahead=1)


def test_a_refusal_is_said_in_the_hubs_own_words():
    reply = Reply(
        re="1", to="hold", status="rejected", reason="nobody-here", message=Words(vi="Không có ai.", en="Nobody.")
    )
    seats = [Seat(facts_of(heard()), 1, reader) for reader in (VI, EN)]
    assert [said("hold", {}, reply, seat) for seat in seats] == ["Không có ai.", "Nobody."]
