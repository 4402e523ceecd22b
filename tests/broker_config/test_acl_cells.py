"""Every role against every kind of topic, asked of a real broker."""

import pytest

REFUSED = 0x87

# Sample topics, and who may write and who may hear each. `own` is kiosk-1's view of itself in every row.
WRITERS = {
    "cmd/kiosk-1/issue": {"kiosk-1", "hub"},
    "cmd/counter-1/next": {"counter-1", "hub"},
    "cmd/display-1/replay": {"display-1", "hub"},
    "cmd/stats/replay": {"stats", "hub"},
    "cmd/web/close-day": {"web", "hub"},
    "cmd/hub/open-day": {"hub"},
    "cmd/bell-1/next": {"hub"},
    "reply/kiosk-1": {"hub"},
    "reply/web": {"hub"},
    "event/ticket-called": {"hub"},
    "state/board": {"hub"},
    "state/counter/1": {"hub"},
    "beat": {"hub"},
    "status/hub": {"hub"},
    "status/kiosk-1": {"kiosk-1"},
    "status/counter-1": {"counter-1"},
    "status/display-1": {"display-1"},
    "status/stats": {"stats"},
    "status/web": {"web"},
    "status/bell-1": set(),
    "figures/today": {"stats"},
    "button/bell-1": {"bell-1"},
    "button/bell-1/press": {"bell-1"},
    "button/bell-2/press": set(),
    "fake/kiosk-1": {"kiosk-1", "web"},
    "fake/counter-1": {"counter-1", "web"},
    "fake/display-1": {"display-1", "web"},
    "fake/web": {"web"},
    "fake/hub": {"web"},
    "fake/bell-1": {"web"},
    "anything-else": set(),
}
PROGRAMS = {"kiosk-1", "counter-1", "display-1", "stats", "web"}
EVERYBODY = PROGRAMS | {"hub"}
READERS = {
    "cmd/kiosk-1/issue": {"hub"},
    "cmd/web/close-day": {"hub"},
    "reply/kiosk-1": {"kiosk-1"},
    "reply/web": {"web"},
    "event/ticket-called": EVERYBODY,
    "state/board": EVERYBODY,
    "state/counter/1": EVERYBODY,
    "beat": EVERYBODY,
    "status/hub": EVERYBODY,
    "status/kiosk-1": EVERYBODY,
    "figures/today": PROGRAMS,
    "button/bell-1/press": {"hub"},
    "fake/kiosk-1": {"kiosk-1"},
    "fake/web": {"web"},
    "fake/bell-1": {"bell-1"},
}
SPEAKERS = ["hub", "kiosk-1", "counter-1", "display-1", "stats", "web", "bell-1"]


@pytest.fixture(scope="module")
def site(make_broker):
    return make_broker()


@pytest.fixture(scope="module")
def speakers(site, connect_once):
    return {name: connect_once(site.port, name, site.password(name)) for name in SPEAKERS}


@pytest.fixture(scope="module")
def heard(site, speakers, connect_once):
    """What each device heard after asking for everything, while everything was said by who may say it."""
    ears = {name: connect_once(site.port, name, site.password(name)) for name in SPEAKERS}
    for ear in ears.values():
        ear.subscribe("#")
    for topic in READERS:
        speaker = sorted(WRITERS[topic])[0]
        assert not speakers[speaker].publish(site.root + topic).is_failure
    for ear in ears.values():
        ear.subscribe("the/end")
    return {name: ear.heard for name, ear in ears.items()}


@pytest.mark.parametrize("topic", WRITERS)
@pytest.mark.parametrize("speaker", SPEAKERS)
def test_who_may_write(site, speakers, speaker, topic):
    reason = speakers[speaker].publish(site.root + topic)
    assert (reason.value != REFUSED) == (speaker in WRITERS[topic])


@pytest.mark.parametrize("topic", READERS)
@pytest.mark.parametrize("ear", SPEAKERS)
def test_who_may_hear(site, heard, ear, topic):
    assert heard[ear].count(site.root + topic) == (1 if ear in READERS[topic] else 0)


@pytest.mark.parametrize("speaker", SPEAKERS)
def test_nobody_speaks_at_another_site(speakers, speaker):
    for topic in ("cmd/kiosk-1/issue", "event/x", "beat", f"status/{speaker}", f"button/{speaker}"):
        assert speakers[speaker].publish(f"moiso/1/other-site/{topic}").value == REFUSED


def test_a_refused_message_reaches_nobody(site, speakers, connect):
    ear = connect(site.port, "hub", site.password("hub"))
    ear.subscribe(site.root + "cmd/#")
    assert speakers["counter-1"].publish(site.root + "cmd/kiosk-1/issue").value == REFUSED
    assert not speakers["counter-1"].publish(site.root + "cmd/counter-1/next").is_failure
    ear.subscribe("the/end")
    assert ear.heard == [site.root + "cmd/counter-1/next"]
