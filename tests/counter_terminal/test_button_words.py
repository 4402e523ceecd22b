"""What a fake plain button says is what the hub takes for the press."""

import json
from pathlib import Path

import pytest

from counter_terminal.button_words import NOISE, first_word, says
from hub.plain_buttons import PlainButtons
from moiso.runtime.site_tables import PlainButtonConf
from moiso.wire.codec import BadMessage
from moiso.wire.topics import Topics
from tests.moiso.runtime.site_text import TWO, site

TOPICS = Topics("an-binh")
DOCS = Path(__file__).parents[2] / "docs" / "buttons.md"
SHELLY = PlainButtonConf(
    device="nut-4", counter=2, topic="shelly/events/rpc", field="params.events.0.event",
    where={"params.events.0.component": "input:0"}, count_field="params.ts",
    payloads={"single_push": "next", "long_push": "no-show", "btn_up": "nothing"},
)  # fmt: skip
BARE = PlainButtonConf(device="nut-1", counter=1)


def test_the_message_has_the_shape_that_site_toml_describes() -> None:
    said = says(TOPICS, SHELLY, "no-show", 7)
    assert (said.topic, said.retain) == ("shelly/events/rpc", False)
    assert json.loads(said.payload) == {"params": {"events": [{"component": "input:0", "event": "long_push"}], "ts": 7}}


def test_every_button_of_the_documentation_is_understood_by_the_hub(tmp_path: Path) -> None:
    blocks = DOCS.read_text(encoding="utf-8").split("```toml\n")[1:]
    text = TWO + "\n".join(block.partition("```")[0] for block in blocks)
    for button in site(tmp_path, text).buttons:
        for word in button.payloads:
            hub = PlainButtons([button])
            presses = [
                p
                for n in (1, 2)
                for p in hub.read(button.topic or "", says(TOPICS, button, word, n).payload, news=True)
            ]
            meant = {button.payloads[word]} - {"nothing"}
            assert {(p.counter, p.command) for p in presses} == {(button.counter, command) for command in meant}


def test_without_a_topic_of_its_own_it_says_the_command() -> None:
    said = says(TOPICS, BARE, "recall", 1)
    assert (said.topic, said.payload) == ("moiso/1/an-binh/button/nut-1/recall", b"ON")


def test_one_of_its_payloads_is_said_as_it_stands() -> None:
    assert b'"btn_up"' in says(TOPICS, SHELLY, "btn_up", 1).payload
    assert first_word(SHELLY) == "single_push"
    assert first_word(BARE) == "next"


def test_noise_is_what_the_hub_does_not_know() -> None:
    said = says(TOPICS, SHELLY, NOISE, 1)
    hub = PlainButtons([SHELLY])
    list(hub.read(said.topic, said.payload, news=True))
    with pytest.raises(BadMessage):
        list(hub.read(said.topic, says(TOPICS, SHELLY, NOISE, 2).payload, news=True))


@pytest.mark.parametrize("button", [SHELLY, BARE], ids=["its own topic", "the site's topic"])
def test_what_it_cannot_say_is_a_sentence(button: PlainButtonConf) -> None:
    with pytest.raises(ValueError, match=r"nut-\d is a plain button: it takes next, .*stuck and noise"):
        says(TOPICS, button, "close-day", 1)
