"""The files of a state directory: made once, kept, renewed when the site changes."""

import stat

import pytest

from broker_config import prepare as module
from broker_config.prepare import NoMosquittoError, find_mosquitto, prepare
from tests.conftest import Broker

DEVICES = {"hub": "hub", "kiosk-1": "kiosk"}


def contents(state):
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in state.rglob("*") if path.is_file()}


def test_a_second_start_touches_nothing(tmp_path):
    assert prepare(tmp_path, "xa", DEVICES, port=1883).changed
    before = contents(tmp_path)
    assert not prepare(tmp_path, "xa", DEVICES, port=1883).changed
    assert contents(tmp_path) == before


def test_a_new_device_joins_and_the_old_passwords_stay(tmp_path):
    files = prepare(tmp_path, "xa", DEVICES, port=1883)
    old = (files.credentials / "kiosk-1").read_text()
    files = prepare(tmp_path, "xa", {**DEVICES, "kiosk-2": "kiosk"}, port=1883)
    assert files.changed
    assert (files.credentials / "kiosk-1").read_text() == old
    assert "user kiosk-2" in files.acl.read_text()


def test_a_removed_device_is_shut_out(tmp_path):
    prepare(tmp_path, "xa", DEVICES, port=1883)
    files = prepare(tmp_path, "xa", {"hub": "hub"}, port=1883)
    assert "kiosk-1" not in files.acl.read_text() + files.passwords.read_text()


def test_only_the_owner_may_read_anything(tmp_path):
    prepare(tmp_path, "xa", DEVICES, port=1883)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_an_opened_credential_is_closed_again(tmp_path):
    file = prepare(tmp_path, "xa", DEVICES, port=1883).credentials / "hub"
    file.chmod(0o644)
    prepare(tmp_path, "xa", DEVICES, port=1883)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_credential_emptied_by_a_power_cut_is_made_again(tmp_path):
    file = prepare(tmp_path, "xa", DEVICES, port=1883).credentials / "hub"
    file.write_text("")
    assert prepare(tmp_path, "xa", DEVICES, port=1883).changed
    assert len(file.read_text().strip()) == 32


def test_passwords_differ_from_device_to_device_and_site_to_site(tmp_path):
    found = [
        (prepare(tmp_path / site, "xa", DEVICES, port=1883).credentials / device).read_text()
        for site in ("one", "two")
        for device in DEVICES
    ]
    assert len(set(found)) == 4


def test_an_operator_may_choose_a_password(make_broker, connect):
    broker = make_broker()
    (broker.files.credentials / "web").write_text("mật khẩu của tôi\n")
    broker.stop()
    prepare(broker.state, broker.site, {"web": "web"}, port=broker.port)
    broker.start()
    assert not connect(broker.port, "web", "mật khẩu của tôi").connected.is_failure


def test_two_state_directories_side_by_side(make_broker, connect):
    one, two = make_broker(site="xa-mot"), make_broker(site="xa-hai")
    assert not connect(one.port, "hub", one.password("hub")).connected.is_failure
    assert not connect(two.port, "hub", two.password("hub")).connected.is_failure
    assert connect(two.port, "hub", one.password("hub")).connected.is_failure


def test_a_state_directory_with_a_space_and_vietnamese_letters(tmp_path, free_port):
    state = tmp_path / "trung tâm xã"
    broker = Broker(free_port, state, prepare(state, "xa", DEVICES, port=free_port))
    broker.start()
    broker.stop()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"devices": {"Kiosk 1": "kiosk"}}, "'Kiosk 1'"),
        ({"devices": {"kiosk-1\nuser hub": "kiosk"}}, "kiosk-1"),
        ({"devices": {"kiosk-1": "toaster"}}, "toaster"),
        ({"site_id": "xa/#"}, "'xa/#'"),
        ({"port": 0}, "port = 0"),
        ({"port": 70000}, "port = 70000"),
        ({"listen": "0.0.0.0\nallow_anonymous true"}, "listen"),
        ({"topics": {"kiosk-1": ["x"]}}, "plain button"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(tmp_path, change, words):
    good = {"site_id": "xa", "devices": DEVICES, "port": 1883}
    with pytest.raises(ValueError, match=words):
        prepare(tmp_path, **{**good, **change})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("topic", ["", "#", "a/+/b", "a b", "a\ntopic write #", "moiso/1/xa/cmd/hub/x", "$SYS/x"])
def test_a_button_cannot_name_a_topic_that_is_not_its_own(tmp_path, topic):
    with pytest.raises(ValueError, match="bell-1"):
        prepare(tmp_path, "xa", {"bell-1": "button"}, port=1883, topics={"bell-1": [topic]})


def test_a_button_may_have_any_topic_outside_the_contract(tmp_path, free_port, make_broker, connect):
    devices = {"hub": "hub", "zigbee": "button", "web": "web"}
    topics = {"zigbee": ["zigbee2mqtt/quầy-1/action", "moiso/1/xa/button/desk"]}
    broker = make_broker(devices, site="xa", topics=topics)
    bell, hub, web = (connect(broker.port, name, broker.password(name)) for name in ("zigbee", "hub", "web"))
    for ear in (hub, web):
        ear.subscribe("#")
    for topic in topics["zigbee"]:
        assert not bell.publish(topic).is_failure
    for ear in (hub, web):
        ear.subscribe("the/end")
    assert (hub.heard, web.heard) == (topics["zigbee"], [])
    assert web.publish(topics["zigbee"][0]).value == 0x87


def test_mosquitto_is_found_where_debian_keeps_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    assert find_mosquitto() == "/usr/sbin/mosquitto"


def test_a_missing_mosquitto_is_one_sentence_that_says_what_to_do(monkeypatch):
    monkeypatch.setattr(module.shutil, "which", lambda *_, **__: None)
    with pytest.raises(NoMosquittoError, match="apt-get install mosquitto"):
        find_mosquitto()
