"""Cartons on pallets and in containers: what is placed overlaps nothing, sticks out nowhere and is never fewer than the plain grid."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shipping.exceptions import MeasureMissing
from shipping.rules.equipment import CONTAINERS, EURO_PALLET, INDUSTRY_PALLET
from shipping.rules.loads import Method, Package, build_load, fit_containers, load_loose
from shipping.rules.mixed import stack_first_fit
from shipping.rules.stowage import Box, count_in_grid, count_stowed, place, stow

SIDES = st.integers(60, 700)
CARTONS = st.builds(Box, SIDES, SIDES, SIDES)
SPACES = st.builds(Box, st.integers(600, 1400), st.integers(600, 1400), st.integers(400, 2000))


def overlap(one, other):
    return (
        one.x_mm < other.x_mm + other.dx_mm and other.x_mm < one.x_mm + one.dx_mm
        and one.y_mm < other.y_mm + other.dy_mm and other.y_mm < one.y_mm + one.dy_mm
        and one.z_mm < other.z_mm + other.dz_mm and other.z_mm < one.z_mm + one.dz_mm
    )  # fmt: skip


def sticks_out(box, space):
    return (
        min(box.x_mm, box.y_mm, box.z_mm) < 0 or box.x_mm + box.dx_mm > space.length_mm
        or box.y_mm + box.dy_mm > space.width_mm or box.z_mm + box.dz_mm > space.height_mm
    )  # fmt: skip


def carton(**change):
    return Package(
        **{
            "kind": "carton",
            "count": 80,
            "gross_weight_g": 12_000,
            "length_mm": 400,
            "width_mm": 300,
            "height_mm": 220,
            **change,
        }
    )


def test_eighty_of_eighty_cartons_stand_where_one_block_holds_seventy_two():
    box, room = Box(400, 300, 220), INDUSTRY_PALLET.room_above()
    assert count_in_grid(box, room) == 72
    assert count_stowed(box, room) == 80
    [pallet] = build_load([carton()], pallet=INDUSTRY_PALLET).units
    assert (pallet.packages, pallet.box, pallet.weight_g) == (80, Box(1200, 1000, 1904), 990_000)


@settings(max_examples=150, deadline=None)
@given(CARTONS, SPACES)
def test_stowed_cartons_neither_overlap_nor_stick_out(box, space):
    placed = list(place(stow(box, space)))
    assert [one for one in placed if sticks_out(one, space)] == []
    assert [pair for pair in combinations(placed[:120], 2) if overlap(*pair)] == []
    assert {tuple(sorted((one.dx_mm, one.dy_mm, one.dz_mm))) for one in placed} <= {
        tuple(sorted((box.length_mm, box.width_mm, box.height_mm)))
    }


@settings(max_examples=300, deadline=None)
@given(CARTONS, SPACES)
def test_stowed_cartons_are_never_fewer_than_one_block_nor_more_than_the_volume(box, space):
    assert count_in_grid(box, space) <= count_stowed(box, space) <= space.volume_mm3 // box.volume_mm3


@given(CARTONS, SPACES)
def test_upright_cartons_keep_their_height(box, space):
    assert {layer.height_mm for layer in stow(box, space, keep_upright=True)} <= {box.height_mm}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.builds(Box, *[st.integers(60, 600)] * 3), st.integers(500, 40_000), st.booleans()),
        min_size=1,
        max_size=25,
    )
)
def test_mixed_cartons_all_find_a_place_within_room_and_payload(items):
    room = Box(1200, 800, 1800)
    stacks = stack_first_fit(items, room, payload_g=300_000)
    assert sum(len(stack.placed) for stack in stacks) == len(items)
    assert all(stack.weight_g <= 300_000 and stack.height_mm <= 1800 for stack in stacks)
    assert [one for stack in stacks for one in stack.placed if sticks_out(one, room)] == []
    assert [pair for stack in stacks for pair in combinations(stack.placed, 2) if overlap(*pair)] == []


def test_a_pallet_is_full_by_weight_before_it_is_by_room():
    load = build_load([carton(gross_weight_g=30_000)], pallet=INDUSTRY_PALLET)
    assert [unit.packages for unit in load.units] == [50, 30]
    assert load.weight_g == 80 * 30_000 + 2 * 30_000


def test_the_last_pallet_is_only_as_high_as_it_is_loaded():
    load = build_load([carton(count=85)], pallet=INDUSTRY_PALLET)
    assert [unit.box.height_mm for unit in load.units] == [1904, 144 + 220]
    assert load.method is Method.EQUAL


def test_mixed_packages_are_an_estimate():
    load = build_load([carton(count=10), carton(count=5, length_mm=300, width_mm=200, height_mm=100)])
    assert (load.method, load.is_estimate, sum(unit.packages for unit in load.units)) == (Method.FIRST_FIT, True, 15)


def test_what_no_pallet_holds_is_its_volume_and_fifteen_in_a_hundred():
    load = build_load([carton(count=2, length_mm=3000, width_mm=1000, height_mm=500)])
    assert (load.method, load.is_estimate, load.volume_m3) == (Method.VOLUME, True, Decimal("3.45"))


def test_drums_stand_upright_on_the_square_around_them():
    load = build_load([Package("drum", 4, 220_000, height_mm=880, diameter_mm=585)], pallet=INDUSTRY_PALLET)
    assert [(unit.packages, unit.box.height_mm) for unit in load.units] == [(4, 1904)]


def test_sacks_are_not_laid_on_their_sides():
    load = build_load([Package("sack", 40, 25_000, 800, 400, 150)])
    assert [unit.packages for unit in load.units] == [36, 4]


def test_loaded_pallets_are_taken_as_they_are():
    load = build_load([Package("pallet", 3, 400_000, 1200, 800, 1500)])
    assert [(unit.on_pallet, unit.weight_g, unit.count) for unit in load.units] == [(True, 400_000, 3)]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"gross_weight_g": 0}, "gross weight"), ({"height_mm": None}, "height"), ({"length_mm": None}, "length"), ({"kind": "drum", "length_mm": None}, "diameter")],
)  # fmt: skip
def test_a_missing_measure_is_named(change, field):
    with pytest.raises(MeasureMissing) as missing:
        build_load([carton(**change)])
    assert missing.value.measure == field


def test_euro_pallets_fill_containers_as_the_trade_knows():
    load = build_load([carton(count=64 * 26)], pallet=EURO_PALLET)
    assert {fit.container.code: fit.units_each for fit in fit_containers(load)} == {"20": 11, "40": 25, "40HC": 25}


def test_heavy_goods_need_containers_by_weight():
    load = build_load([Package("pallet", 8, 4_000_000, 1200, 1000, 1200)])
    assert {fit.container.code: (fit.needed, fit.limited_by) for fit in fit_containers(load)} == {
        "20": (2, "weight"), "40": (2, "weight"), "40HC": (2, "weight"),
    }  # fmt: skip


def test_what_is_too_high_for_a_door_goes_into_no_such_container():
    load = build_load([Package("pallet", 1, 400_000, 1200, 800, 2400)])
    assert [fit.container.code for fit in fit_containers(load)] == ["40HC"]


def test_loose_cartons_are_counted_in_blocks():
    assert [fit.needed for fit in fit_containers(load_loose([carton(count=1500)]))] == [2, 1, 1]


def test_every_container_says_where_its_figures_were_read():
    assert all(
        one.size_source.startswith("https://") and one.payload_source.startswith("https://") for one in CONTAINERS
    )


def test_very_many_mixed_packages_are_taken_by_volume():
    assert build_load([carton(count=400), carton(count=101, height_mm=200)]).method is Method.VOLUME
