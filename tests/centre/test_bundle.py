"""One file from the main machine, one command on the other."""

import stat
import tomllib

import pytest

from broker_config.prepare import prepare
from centre import bundle as module
from centre.bundle import pack
from centre.join import read_bundle, unpack
from centre.site_text import point_at
from moiso.procedures.catalogue import Catalogue
from moiso.procedures.everyday import EverydayWords
from moiso.procedures.procedure import Procedure
from moiso.procedures.store import FILE, Stored, write
from moiso.runtime.program import EX_CONFIG, Unusable
from moiso.runtime.site import load

SITE = """\
[site]
id = "xa"
name = "Xã"

# where the broker is
[broker]  # ours
listen = "0.0.0.0"
port = 1883

[[service]]
code = "A"
name = "Chứng thực"

[[counter]]
number = 1
services = ["A"]

[[kiosk]]
device = "kiosk-1"
"""


@pytest.fixture
def site(tmp_path):
    path = tmp_path / "site.toml"
    path.write_text(SITE, encoding="utf-8")
    return path


@pytest.fixture
def state(tmp_path, site):
    """The state of a centre that was started with --mqtt-port 2883."""
    prepare(tmp_path / "state", "xa", load(site).devices(), port=2883, listen="0.0.0.0")
    return tmp_path / "state"


def bundle(site, state, *more):
    return module.main(["bundle", "kiosk-1", "--site", str(site), "--state", str(state), *more])


def test_there_and_back(site, state, tmp_path, capsys):
    out = tmp_path / "kiosk-1.moiso"
    assert bundle(site, state, "--out", str(out), "--host", "192.168.1.10") == 0
    assert "192.168.1.10, port 2883" in capsys.readouterr().out
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    joined = unpack(read_bundle(out), tmp_path / "other")
    there = load(joined.site)
    assert (there.broker.host, there.broker.port) == ("192.168.1.10", 2883)
    assert (joined.device, joined.kind, there.site.name) == ("kiosk-1", "kiosk", "Xã")
    password = tmp_path / "other/credentials/kiosk-1"
    assert password.read_text() == (state / "credentials/kiosk-1").read_text()
    assert {stat.S_IMODE(file.stat().st_mode) for file in (password, joined.site)} == {0o600}


def test_it_holds_no_other_devices_password(site, state):
    text = repr(pack(site, state, "kiosk-1", "192.168.1.10"))
    others = [file.read_text().strip() for file in (state / "credentials").iterdir() if file.name != "kiosk-1"]
    assert len(others) == 4
    assert not [password for password in others if password in text]


def test_the_address_in_site_toml_comes_first(site, state):
    site.write_text(SITE.replace("[broker]  # ours\n", '[broker]\nhost = "trung-tam.local"\n'))
    assert load_text(pack(site, state, "kiosk-1").site_toml)["host"] == "trung-tam.local"


def load_text(text):
    return tomllib.loads(text)["broker"]


@pytest.mark.parametrize("device", ["kiosk-9", "hub", "web"])
def test_only_a_kiosk_a_counter_or_a_display_can_join(site, state, device):
    with pytest.raises(Unusable, match="it has: kiosk-1, counter-1"):
        pack(site, state, device, "192.168.1.10")


def test_a_broker_on_loopback_is_refused_with_the_line_to_change(site, state, capsys):
    site.write_text(SITE.replace('listen = "0.0.0.0"\n', ""))
    assert bundle(site, state) == EX_CONFIG
    said = capsys.readouterr().err
    assert 'listen = "0.0.0.0"' in said
    assert "[broker]" in said
    assert str(site) in said


def test_a_centre_that_still_listens_on_loopback_must_be_started_again(site, state):
    prepare(state, "xa", load(site).devices(), port=2883, listen="127.0.0.1")
    with pytest.raises(Unusable, match="start it again"):
        pack(site, state, "kiosk-1", "192.168.1.10")


def test_a_centre_that_never_ran(site, tmp_path):
    with pytest.raises(Unusable, match="start it once"):
        pack(site, tmp_path / "nothing", "kiosk-1", "192.168.1.10")


def test_a_host_that_is_none(site, state):
    with pytest.raises(Unusable, match="--host"):
        pack(site, state, "kiosk-1", 'x"\nlisten = "y')


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"\xff", b'{"device": 1}', b'{"device":"../x","kind":"kiosk","password":"p","site_toml":""}',
     b'{"device":"hub","kind":"hub","password":"p","site_toml":""}'],
)  # fmt: skip
def test_a_file_that_is_no_bundle(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(Unusable, match="make it again"):
        read_bundle(tmp_path / "x")


def test_a_missing_file(tmp_path):
    with pytest.raises(Unusable, match="cannot read"):
        read_bundle(tmp_path / "x")


def test_only_the_broker_changes_in_site_toml():
    old, new = 'listen = "0.0.0.0"\nport = 1883\n', 'host = "10.0.0.1"\nport = 2883\n'
    assert point_at(SITE, "10.0.0.1", 2883) == SITE.replace(old, new)


def test_a_site_without_a_broker_table_gets_one():
    changed = point_at('[site]\nid = "xa"\n', "10.0.0.1", 2883)
    assert tomllib.loads(changed) == {"site": {"id": "xa"}, "broker": {"host": "10.0.0.1", "port": 2883}}


@pytest.mark.parametrize(
    "text", ['broker = {port = 1}\n[site]\nid = "x"', '[site]\nid = """\n[broker]\nport = 1\n"""\n']
)
def test_a_table_that_cannot_be_changed_line_by_line(text):
    with pytest.raises(ValueError, match="plain lines"):
        point_at(text, "10.0.0.1", 2883)


BIRTH = Stored([Procedure(code="1.001193", name="Đăng ký khai sinh")], EverydayWords())


def test_a_kiosk_takes_the_list_of_procedures_with_it(site, state, tmp_path):
    write(state / FILE, BIRTH, "list.csv", 1.0)
    out = tmp_path / "kiosk-1.moiso"
    assert bundle(site, state, "--out", str(out), "--host", "192.168.1.10") == 0
    unpack(read_bundle(out), tmp_path / "other")
    assert Catalogue.open(tmp_path / "other" / FILE).find("khai sinh")[0].code == "1.001193"


def test_without_a_list_the_one_that_the_kiosk_has_stays(site, state, tmp_path):
    write(tmp_path / "other" / FILE, BIRTH, "list.csv", 1.0)
    unpack(pack(site, state, "kiosk-1", "192.168.1.10"), tmp_path / "other")
    assert Catalogue.open(tmp_path / "other" / FILE).about().count == 1
