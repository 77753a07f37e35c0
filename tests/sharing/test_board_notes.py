"""Notes of a board: rules, roads that reports close, and why no road leads to a place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from planning.test_isolation import AS_OF, CONFIG, case_of
from planning.test_isolation_turns import drawn
from towns import town

from cmcoord_geo.i18n import Said
from cmcoord_geo.model import RoadStatus
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning.isolation import Case, Isolation, isolation
from cmcoord_geo.sharing.board_notes import board_notes


def found_by(network: RoadNetwork, case: Case, targets: str = "B") -> Isolation:
    nodes = [network.node_index[letter] for letter in targets]
    return isolation(network, [case], base=0, targets=nodes, config=CONFIG.isolation)


def test_of_many_closed_roads_some_are_named() -> None:
    letters = "ABCDEFGHIJKLMNOP"
    network = town("-".join(letters))
    status = [
        RoadStatus(report_id=key, segment_id=key, state="closed", reported_at=AS_OF)
        for key in network.segment_ids
    ]
    found = isolation(
        network,
        [case_of(network, status=status)],
        base=0,
        targets=[1],
        config=CONFIG.isolation,
    )
    (*_, last) = board_notes(network, found, missing=())
    assert last.en.count("(closed, ") == 12
    assert "and 3 more" in last.en


def test_a_road_reported_open_is_not_said_to_be_closed_by_that_report() -> None:
    """The whole road is reported open; the map closes it, which no report lifts."""
    network = town("A-B-C")
    key = network.segment_ids[0]
    said_open = RoadStatus(report_id="R1", segment_id=key, state="open", reported_at=AS_OF)
    case = case_of(network, status=[said_open])
    shut = replace(
        case.passable,
        is_open=np.array([False, True]),
        reasons=((Said(fr="pont rompu", en="broken bridge"),), ()),
    )
    found = found_by(network, replace(case, passable=shut), "C")
    (*_, last) = board_notes(network, found, missing=())
    assert "by report" in last.en
    assert "and yet: broken bridge" in last.en
    assert "selon le rapport" in last.fr


def test_without_anything_special_there_are_three() -> None:
    network = town("A-B")
    notes = board_notes(network, found_by(network, case_of(network)), missing=())
    assert len(notes) == 3
    assert "No live report closes a road" in notes[-1].en


def test_why_no_road_leads_to_a_place_by_what_closes_most_km() -> None:
    """B is open, C lies behind a track, D behind two roads that only light vehicles use."""
    network = town(
        "A-B-C-D",
        cell_m=100_000.0,
        roads={
            "B-C": {"surface": "track"},
            "C-D": {"max_vehicle_dry": "lv_4x4"},
        },
    )
    found = found_by(network, case_of(network, "heavy_truck"), "BCD")
    (note,) = (
        one.en for one in board_notes(network, found, missing=()) if "Without road" in one.en
    )
    assert note.startswith("Without road today for the “Heavy truck / semi-trailer 20-30 t”: C, D.")
    assert "does not drive on track in the dry season (200" in note.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "4x4 light vehicle (Land Cruiser type) at most by default (200" in note


def test_what_a_report_closes_is_told_with_its_report_alone() -> None:
    network = town("A-B")
    report = RoadStatus(report_id="R1", segment_id="A-B", state="closed", reported_at=AS_OF)
    found = found_by(network, case_of(network, status=[report]))
    told = " ".join(note.en for note in board_notes(network, found, missing=()))
    assert "A–B (closed" in told
    assert "Without road" not in told


def test_what_turns_alone_bar_is_told_so() -> None:
    network = drawn("A-B-C", "ABC")
    notes = board_notes(network, found_by(network, case_of(network), "C"), missing=())
    told = " ".join(note.en for note in notes)
    assert "only by a turn that the map bans" in told
    assert "Without road" not in told
