"""Losses of a surveyed network are told by road and km; a crossing in the middle of its road."""

from __future__ import annotations

from dataclasses import replace

from planning.test_failures import crossing, surveyed
from planning.test_isolation import CONFIG, case_of

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning.isolation import isolation
from cmcoord_geo.sharing.isolation_views import LossView
from cmcoord_geo.sharing.losses import case_view, loss_views


def losses(network: RoadNetwork, targets: str) -> tuple[LossView, ...]:
    nodes = [network.node_index[letter] for letter in targets]
    found = isolation(network, [case_of(network)], base=0, targets=nodes, config=CONFIG.isolation)
    return loss_views(network, found, range(len(found.targets)))


def named(network: RoadNetwork, **names: str) -> RoadNetwork:
    assert network.traffic is not None
    told = tuple(names.get(key.replace("-", "_"), "") for key in network.segment_ids)
    return replace(network, traffic=replace(network.traffic, names=told))


def test_a_road_is_told_by_name_and_km() -> None:
    network = named(surveyed("A-B-C-D", cell_m=50_000.0), A_B="Piste Nord", B_C="Piste Nord")
    (one,) = losses(network, "D")
    assert one.title.en == "Piste Nord, km\N{NO-BREAK SPACE}0"
    assert one.what.en == "road"
    assert one.segment_ids == ("A-B", "B-C", "C-D")


def test_streets_that_do_the_same_tell_the_first_and_the_last() -> None:
    """Between A-B and D-G lies a ring on which no single loss matters."""
    drawing = "A-B-C-D\n  |   |\n  E-F-H-G\n"
    network = named(surveyed(drawing, cell_m=20_000.0), A_B="Rue Un", H_G="Rue Deux")
    found = losses(network, "G")
    both = next(one for one in found if "A-B" in one.segment_ids)
    assert set(both.segment_ids) == {"A-B", "H-G"}
    assert both.title.en.startswith("Rue Un … Rue Deux, km\N{NO-BREAK SPACE}0–")
    assert both.what.en == "any of 2 roads"


def test_crossings_of_a_road_are_counted_by_kind() -> None:
    ferry = replace(crossing("F", "A-B"), kind="ferry")
    network = surveyed(
        "A-B", cell_m=50_000.0, crossings=(crossing("X", "A-B"), crossing("Y", "A-B"), ferry)
    )
    (one,) = losses(network, "B")
    assert one.what.fr == "ponts, bac"
    assert one.crossing_ids == ("X", "Y", "F")
    assert (one.at_segment, one.at_fraction) == ("A-B", 0.5)


def test_short_roads_are_told_in_tenths() -> None:
    network = surveyed("A-B", cell_m=600.0)
    one = case_of(network)
    found = isolation(
        network, [one], base=0, targets=[1], config=replace(CONFIG.isolation, least_h=0.1)
    )
    (made,) = loss_views(network, found, [0])
    assert made.names[0].fr.endswith("(1,2 km)")
    assert made.names[0].en.endswith("(1.2 km)")
    assert case_view(network, one, as_of=one.at).vehicle_id == "truck_6x6"


def test_parts_of_one_road_are_told_together() -> None:
    drawing = "A-B-C-D\n  |   |\n  E-F-H-G\n"
    network = named(surveyed(drawing, cell_m=20_000.0), A_B="Rue Un", H_G="Rue Un")
    both = next(one for one in losses(network, "G") if "A-B" in one.segment_ids)
    km = sum(network.length_km(network.segment_index[key]) for key in ("A-B", "H-G"))
    assert [name.en for name in both.names] == [f"Rue Un ({km:.0f} km)"]


def test_a_very_short_road_has_no_length_of_nought() -> None:
    network = surveyed("A-B", cell_m=10.0)
    found = isolation(
        network, [case_of(network)], base=0, targets=[1],
        config=replace(CONFIG.isolation, least_h=0.0),
    )  # fmt: skip
    (made,) = loss_views(network, found, [0])
    assert made.names[0].en.endswith("(<0.1 km)")
    assert made.names[0].fr.endswith("(<0,1 km)")
