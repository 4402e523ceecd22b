"""The master of a serial line against units on a wire, under virtual time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_terminal.exchange import Face
from counter_terminal.fake_unit import LOST
from counter_terminal.line import Line, LineUp, News
from counter_terminal.machine import Lamp
from tests.counter_terminal.line_world import LineWorld, steady


def everybody(world: LineWorld) -> set[str]:
    return {news.state for news in world.news.values()}


# -- keys -------------------------------------------------------------------------------------------------------


def test_a_key_is_fetched_once_with_its_age_and_forgotten_by_the_unit():
    world = LineWorld(2).plug_in().run(1.0)
    pressed = world.now
    assert world.press(2, "recall")
    world.run(1.0)
    [(at, key)] = world.taken
    assert (key.address, key.key) == (2, "recall")
    assert key.age == pytest.approx(at - pressed, abs=0.04)
    assert [acked.name for acked in world.plugs[2].unit.acked] == ["recall"]


def test_every_key_of_the_table_arrives():
    world = LineWorld().plug_in().run(1.0)
    names = ["next", "recall", "no-show", "undo", "start", "finish", "hold"]
    for name in names:
        world.press(1, name)
        world.run(0.5)
    assert world.keys(1) == names


def test_a_unit_keeps_one_key_until_it_was_fetched():
    world = LineWorld().plug_in().run(1.0)
    assert world.press(1, "next")
    assert not world.press(1, "undo")
    world.run(0.5)
    assert world.press(1, "undo")
    world.run(0.5)
    assert world.keys(1) == ["next", "undo"]


def test_a_key_that_nobody_fetched_for_two_seconds_is_gone():
    world = LineWorld().plug_in().run(1.0)
    world.plugs[1].plugged = False
    world.press(1)
    world.run(2.1)
    world.plugs[1].plugged = True
    world.run(1.0)
    assert world.taken == []
    assert world.press(1)
    world.run(0.5)
    assert world.keys(1) == ["next"]


@pytest.mark.parametrize(("away", "keys"), [(1.7, ["next"]), (1.92, [])])
def test_a_key_that_would_reach_the_hub_too_late_is_left_to_the_unit(away, keys):
    world = LineWorld().plug_in().run(1.0)
    world.pull_out()
    assert world.press(1)
    world.run(away).plug_in().run(1.0)
    assert world.keys(1) == keys
    assert [key.name for key in world.plugs[1].unit.acked] == keys


def test_three_hundred_keys_of_one_unit_go_round_its_numbers():
    world = LineWorld().plug_in().run(1.0)
    for _ in range(300):
        world.press(1)
        world.run(0.3)
    assert len(world.taken) == 300


def test_a_new_master_does_not_act_again_on_what_the_old_one_took():
    world = LineWorld().plug_in().run(1.0)
    world.press(1)
    while not world.taken:
        world.run(0.001)
    assert world.plugs[1].unit.acked == []
    world.line, world.news = Line({1: True}, 9600, world.now), {}
    world.turn(LineUp("a"))
    world.run(3.0)
    assert len(world.taken) == 1
    world.press(1)
    world.run(0.5)
    assert len(world.taken) == 2


def test_a_unit_that_shows_dashes_takes_no_key():
    world = LineWorld().plug_in().run(5.0)
    world.plugs[1].unit.power()
    assert not world.press(1)
    world.run(1.0)
    assert world.press(1)
    world.run(0.5)
    assert world.keys(1) == ["next"]
    world.pull_out()
    world.run(3.1)
    assert not world.press(1)


# -- lamps and signs --------------------------------------------------------------------------------------------


def test_what_is_shown_reaches_the_unit_and_only_that_one():
    world = LineWorld(2, 1).plug_in().run(1.0)
    world.line.show(11, steady("A012"))
    world.run(0.3)
    assert world.face(11) == steady("A012")
    assert world.face(1) == world.face(2) == Face(Lamp.DARK, "")


@pytest.mark.parametrize("seconds", [0.2, 1.0, 2.5, 4.0, 30.0])
@pytest.mark.parametrize("address", [1, 11])
def test_an_unplugged_unit_is_true_within_a_second_of_its_return(address, seconds):
    world = LineWorld(4, 4).plug_in().run(2.0)
    world.plugs[address].plugged = False
    world.run(0.1)
    world.line.show(address, steady("A012"))
    world.run(seconds)
    world.plugs[address].plugged = True
    world.run(1.0)
    assert world.face(address) == steady("A012")
    assert world.news[address] == News(address, "ready", True)


@pytest.mark.parametrize("address", [1, 11])
def test_a_unit_that_lost_its_power_is_true_within_a_second(address):
    world = LineWorld(4, 4).plug_in().run(2.0)
    world.line.show(address, steady("A012"))
    world.run(1.0)
    for _ in range(10):
        world.plugs[address].unit.power()
        world.run(1.0)
        assert world.face(address) == steady("A012")
        world.run(world.chance.uniform(0.0, 1.0))


def test_the_adapter_back_in_makes_eight_units_true_within_a_second():
    world = LineWorld(4, 4).plug_in().run(2.0)
    world.pull_out()
    assert everybody(world) == {"no-line"}
    for address in world.plugs:
        world.line.show(address, steady(f"A{address:03}"))
    world.run(10.0)
    assert {world.face(address) for address in world.plugs} == {LOST}
    world.plug_in().run(1.0)
    assert {address: world.face(address).text for address in world.plugs} == {a: f"A{a:03}" for a in world.plugs}
    assert everybody(world) == {"ready"}


def test_left_alone_a_unit_says_after_three_seconds_that_it_knows_nothing():
    world = LineWorld(1, 1).plug_in()
    world.line.show(11, steady("A012"))
    world.run(1.0)
    world.pull_out()
    world.run(2.3)
    assert world.face(11) == steady("A012")
    world.run(0.8)
    assert world.face(11) == LOST


def test_who_is_absent_is_said_after_two_seconds_and_others_go_on():
    world = LineWorld(2).plug_in().run(1.0)
    assert world.news == {1: News(1, "ready", True), 2: News(2, "ready", True)}
    world.plugs[1].plugged = False
    world.run(1.5)
    assert world.news[1].state == "ready"
    world.run(0.8)
    assert world.news[1] == News(1, "absent", False)
    world.press(2)
    world.run(0.3)
    assert world.keys(2) == ["next"]


# -- two units at one address -----------------------------------------------------------------------------------


def test_a_second_unit_at_an_address_is_said_and_disturbs_nobody():
    world = LineWorld(2).plug_in().run(3.0)
    twin = world.twin(1)
    world.run(12.0)
    assert world.news[1] == News(1, "two", True)
    assert world.news[2] == News(2, "ready", True)
    for _ in range(20):
        twin.unit.press("no-show", world.now)
        world.press(1)
        world.run(2.5)
    assert world.keys(1) == ["next"] * 20
    assert twin.unit.acked == []
    assert twin.unit.face(world.now) == LOST
    twin.plugged = False
    world.run(12.0)
    assert world.news[1] == News(1, "ready", True)


def test_a_second_unit_that_noise_let_in_gives_way_to_the_elder_one():
    world = LineWorld().plug_in().run(3.0)
    twin = world.twin(1)
    world.plugs[1].plugged = False
    world.run(4.0)
    assert twin.unit.face(world.now) != LOST
    world.plugs[1].plugged = True
    world.run(12.0)
    assert world.news[1] == News(1, "two", True)
    assert (twin.unit.face(world.now), world.face(1)) == (LOST, Face(Lamp.DARK, ""))


def test_two_units_that_are_there_from_the_beginning_are_both_left_out():
    for seed in range(10):
        world = LineWorld(2, seed=seed)
        twin = world.twin(1)
        world.plug_in().run(12.0)
        assert world.news[1].state == "two", seed
        if world.news[1].works:
            continue  # one of them was heard alone first: it stays, and people are told
        world.press(1)
        twin.unit.press("recall", world.now)
        world.run(3.0)
        assert world.taken == []


def test_whoever_stays_when_the_other_goes_is_taken():
    world = LineWorld(1)
    twin = world.twin(1)
    world.plug_in().run(12.0)
    world.plugs[1].plugged = False
    world.run(5.0)
    assert world.news[1] == News(1, "ready", True)
    twin.unit.press("next", world.now)
    world.run(1.0)
    assert world.keys(1) == ["next"]


# -- noise ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("noise", "least"), [(0.005, 29), (0.02, 22), (0.05, 5)])
def test_noise_costs_time_and_nothing_else(noise, least):
    world = LineWorld(4, 4).plug_in().run(1.0)
    world.wire.noise = noise
    for round_ in range(30):
        for address in range(1, 5):
            world.press(address)
        world.line.show(11, steady(f"A{round_:03}"))
        world.run(4.0)
    world.wire.noise = 0.0
    world.run(3.0)
    for address in range(1, 5):
        assert 30 >= len(world.keys(address)) >= len(world.plugs[address].unit.acked) >= least
    assert world.face(11) == steady("A029")
    assert everybody(world) == {"ready"}


def test_whoever_talks_out_of_turn_is_not_taken_for_anybody():
    world = LineWorld(4).plug_in().run(1.0)
    for _ in range(50):
        world.wire.babble(40, world.now)
        world.press(1)
        world.run(world.chance.uniform(2.0, 2.2))
    assert [key.key for _, key in world.taken] == ["next"] * 50
    assert everybody(world) == {"ready"}


def test_a_line_that_only_makes_noise_finds_nobody_and_says_so():
    world = LineWorld(2)
    world.wire.noise = 1.0
    world.plug_in().run(10.0)
    assert everybody(world) == {"absent"}
    world.wire.noise = 0.0
    world.run(1.5)
    assert everybody(world) == {"ready"}


events = st.lists(
    st.one_of(
        st.tuples(st.just("press"), st.integers(1, 3)),
        st.tuples(st.just("press"), st.integers(1, 3)),
        st.tuples(st.just("wait"), st.sampled_from([0.005, 0.02, 0.1, 0.5, 2.5])),
        st.tuples(st.just("plug"), st.sampled_from([1, 2, 3, 11, 12])),
        st.tuples(st.just("power"), st.sampled_from([1, 2, 3, 11, 12])),
        st.tuples(st.just("noise"), st.sampled_from([0.0, 0.01, 0.1])),
        st.tuples(st.just("adapter"), st.booleans()),
        st.tuples(st.just("show"), st.sampled_from([1, 2, 3, 11, 12])),
        st.tuples(st.just("twin"), st.booleans()),
    ),
    max_size=40,
)


class Chaos:
    """Does what a plan says; whatever was acknowledged, and what the units must show in the end, is known."""

    def __init__(self, seed: int) -> None:
        self.world = LineWorld(3, 2, seed=seed).plug_in()
        self.units = {address: plug.unit for address, plug in self.world.plugs.items()}
        self.twin = self.world.twin(2)
        self.twin.plugged = False
        self.wanted = dict.fromkeys(self.units, Face())

    def do(self, what: str, value) -> None:
        world = self.world
        match what:
            case "press":
                world.press(value)
            case "wait":
                world.run(value)
            case "plug":
                world.plugs[value].plugged = not world.plugs[value].plugged
            case "power":
                world.plugs[value].unit.power()
            case "noise":
                world.wire.noise = value
            case "adapter":
                if value != world.plugged:
                    world.plug_in() if value else world.pull_out()
            case "twin":
                self.twin.plugged = value
            case "show":
                self.wanted[value] = steady(f"A{world.chance.randrange(1000):03}")
                world.line.show(value, self.wanted[value])

    def calm(self) -> None:
        """Everything is plugged in again, and nothing rustles."""
        self.twin.plugged, self.world.wire.noise = False, 0.0
        for plug in self.world.plugs.values():
            plug.plugged = True
        if not self.world.plugged:
            self.world.plug_in()


@settings(max_examples=40, deadline=None)
@given(events, st.integers(0, 10**6))
def test_whatever_happens_a_key_that_was_acknowledged_counts_once(plan, seed):
    chaos = Chaos(seed)
    for what, value in plan:
        chaos.do(what, value)
    chaos.calm()
    chaos.world.run(12.0)
    for address in (1, 2, 3):
        acted = chaos.world.acted(address)
        assert len(acted) == len(set(acted)), "one press was acted on twice"
        assert {key.at for key in chaos.units[address].acked} <= set(acted)
    assert {address: chaos.world.face(address) for address in chaos.units} == chaos.wanted
    assert everybody(chaos.world) == {"ready"}
