"""`moiso install` into a directory that stands for a machine."""

import os

import pytest

from centre import install as module
from centre.units import render, units_for
from moiso.runtime.program import EX_CONFIG

SITE = """\
[site]
id = "xa"
name = "Xã"

[[service]]
code = "A"
name = "Chứng thực"

[[counter]]
number = 1
services = ["A"]

[[counter]]
number = 2
services = ["A"]

[[kiosk]]
device = "kiosk-1"

[[kiosk]]
device = "kiosk-2"

[[display]]
device = "display-1"
"""
DEVICES = {"hub": "hub", "kiosk-1": "kiosk", "kiosk-2": "kiosk", "counter-1": "counter", "display-1": "display"}


@pytest.fixture
def site(tmp_path):
    path = tmp_path / "my-site.toml"
    path.write_text(SITE, encoding="utf-8")
    return path


def install(site, root, *more):
    return module.main(["install", "--site", str(site), "--root", str(root), *more])


def installed(root):
    return {file.name for file in (root / "etc/systemd/system").iterdir()}


def test_a_whole_centre(site, tmp_path, capsys):
    assert install(site, tmp_path / "root") == 0
    assert len(installed(tmp_path / "root")) == 7
    assert (tmp_path / "root/etc/moiso/site.toml").read_text() == SITE
    said = capsys.readouterr().out
    for unit in ("moiso-broker.service", "moiso-kiosk@kiosk-2.service", "moiso-display@display-1.service"):
        assert unit in said
    assert "sudo cat /var/lib/moiso/quan-ly.pin" in said


def test_installing_again_changes_nothing(site, tmp_path):
    root = tmp_path / "root"
    install(site, root)
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    assert install(root / "etc/moiso/site.toml", root) == 0
    assert {file: file.read_bytes() for file in root.rglob("*") if file.is_file()} == before


def test_one_role_on_a_machine_of_its_own(site, tmp_path, capsys):
    install(site, tmp_path / "root", "--role", "counter", "--device", "counter-2")
    assert installed(tmp_path / "root") == {"moiso-counter.service"}
    unit = (tmp_path / "root/etc/systemd/system/moiso-counter.service").read_text()
    assert "--state /var/lib/moiso --device counter-2\n" in unit
    said = capsys.readouterr().out
    assert "moiso-hub" not in said
    assert "quan-ly" not in said


def test_uninstall_takes_the_units_and_leaves_the_site(site, tmp_path, capsys):
    root = tmp_path / "root"
    install(site, root)
    (root / "etc/systemd/system/ssh.service").write_text("not ours")
    assert module.main(["uninstall", "--root", str(root)]) == 0
    assert installed(root) == {"ssh.service"}
    assert (root / "etc/moiso/site.toml").exists()
    assert module.main(["uninstall", "--root", str(root)]) == 0


def test_an_unknown_device_is_named_and_nothing_is_written(site, tmp_path, capsys):
    assert install(site, tmp_path / "root", "--device", "kiosk-9") == EX_CONFIG
    assert "'kiosk-9'" in capsys.readouterr().err
    assert not (tmp_path / "root").exists()


def test_a_wrong_site_is_refused_and_nothing_is_written(site, tmp_path, capsys):
    site.write_text(SITE.replace('id = "xa"', 'id = "XÃ"'))
    assert install(site, tmp_path / "root") == EX_CONFIG
    assert "site.id" in capsys.readouterr().err
    assert not (tmp_path / "root").exists()


def test_without_root_it_is_one_sentence(site, monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(module, "_program", lambda _place: "/opt/moiso/.venv/bin/moiso")
    assert module.main(["install", "--site", str(site)]) == EX_CONFIG
    assert capsys.readouterr().err.startswith("only root can do that: sudo ")


def test_the_units_of_a_machine():
    def names(*args):
        return [unit.name for unit in units_for(DEVICES, *args)]

    assert names((), ("kiosk-1", "counter-1"))[:4] == [f"moiso-{r}.service" for r in ("broker", "hub", "stats", "web")]
    assert names((), ("kiosk-1", "counter-1"))[4:] == ["moiso-kiosk@kiosk-1.service", "moiso-counter.service"]
    assert names(("kiosk",)) == ["moiso-kiosk@kiosk-1.service", "moiso-kiosk@kiosk-2.service"]
    assert names(("counter",), ("kiosk-1",)) == []


def test_a_kiosk_with_a_screen_gets_its_browser():
    def names(*args):
        return [unit.name for unit in units_for(DEVICES, *args, screens=("kiosk-2",))]

    assert names((), ("kiosk-2",))[-2:] == ["moiso-kiosk@kiosk-2.service", "moiso-screen@kiosk-2.service"]
    assert names(("screen",)) == ["moiso-screen@kiosk-2.service"]
    assert names(("screen",), ("kiosk-1",)) == []


def test_a_group_that_the_machine_lacks_is_left_out():
    text = "ExecStart=/opt/moiso/.venv/bin/moiso kiosk --device %i\nSupplementaryGroups=gpio dialout lp\n"
    assert render(text, "/srv/x/bin/moiso", groups={"dialout"}) == (
        "ExecStart=/srv/x/bin/moiso kiosk --device %i\nSupplementaryGroups=dialout\n"
    )


def test_a_path_that_systemd_would_split_is_refused():
    with pytest.raises(ValueError, match="plain letters"):
        render("", "/srv/my project/bin/moiso", groups=())
