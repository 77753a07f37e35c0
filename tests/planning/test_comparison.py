"""Options against the fastest one: by whom, in which order, and nothing where nothing is known."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from planning.two_ways import LONGER, SQUARE, by_way, on, plan
from planning.worlds import CONFIG, picture, request
from towns import town

from cmcoord_geo.config import CompareConfig
from cmcoord_geo.i18n import said
from cmcoord_geo.planning import plan_movement


def test_the_reference_is_the_fastest_whichever_is_kept() -> None:
    found = plan(on(LONGER, "A-B", 12))
    options = by_way(found)
    assert found.options[0] is options["C"], "the longer way is kept, by its exposure"
    fastest = options["B"]
    assert {option.compared.fastest for option in found.options} == {fastest.letter} == {"B"}
    assert (fastest.compared.tied, fastest.compared.below) == (1.0, 0.0)
    longer = options["C"].compared
    assert longer.verdict == "less"
    assert longer.below > 0.8
    assert (longer.mean_rank, fastest.compared.mean_rank) == (1, 2)
    assert (longer.tail_rank, fastest.compared.tail_rank) == (1, 2)


@pytest.mark.parametrize("segment_id", ["A-B", "A-C", "B-D"])
def test_the_fastest_is_the_one_that_the_reasons_call_so(segment_id: str) -> None:
    found = plan(on(LONGER, segment_id, 5))
    named = {option.compared.fastest for option in found.options}
    least = min(found.options, key=lambda option: option.drive_h.high)
    assert named == {least.letter}
    assert (said("kept.time") in found.kept_because) == (least.letter == "A")


def test_means_are_those_of_the_options() -> None:
    for option in plan(on(LONGER, "A-B", 3)).options:
        assert option.compared.mean == pytest.approx(option.exposure.mean, rel=1e-12)
        assert option.compared.tail > option.compared.mean


def test_incidents_on_the_longer_way_turn_the_verdict_round() -> None:
    options = by_way(plan(on(LONGER, "A-C", 12)))
    assert options["C"].compared.verdict == "more"
    assert options["C"].compared.above > 0.8


def test_quiet_roads_of_one_length_are_too_close_to_tell() -> None:
    """Two like roads, nothing recorded on either: half of the draws one way, half the other."""
    options = plan(network=SQUARE).options
    one = next(o.compared for o in options if o.letter != o.compared.fastest)
    assert one.verdict == "close"
    assert one.below == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(CONFIG.compare.draws))


def test_limits_come_from_the_settings() -> None:
    strict = replace(CONFIG, compare=CompareConfig(clear_share=1.0))
    loose = replace(CONFIG, compare=CompareConfig(clear_share=0.5))
    events = on(LONGER, "A-B", 3)
    assert by_way(plan(events, config=strict))["C"].compared.verdict == "close"
    assert by_way(plan(events, config=loose))["C"].compared.verdict == "less"


def test_without_information_or_a_second_road_nothing_is_compared() -> None:
    nothing = plan_movement(picture(LONGER), request("A", "D"), CONFIG)
    assert len(nothing.options) == 2
    assert {option.compared for option in nothing.options} == {None}
    row = town("A-B-C-D", cell_m=52_500)
    assert [option.compared for option in plan(network=row).options] == [None]


def test_a_plan_without_incidents_loads_no_scipy_and_draws_nothing() -> None:
    code = (
        "import sys; from planning.worlds import CONFIG, picture, request;"
        "from cmcoord_geo.network import bundled_network; from cmcoord_geo.planning import plan_movement;"
        "found = plan_movement(picture(bundled_network()), request('BOP', 'BBY'), CONFIG);"
        "assert len(found.options) > 1;"
        "print(*[name for name in ('scipy', 'numpy.random') if name in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        check=True, capture_output=True, text=True, cwd=__file__.rsplit("/planning/", 1)[0],
    )  # fmt: skip
    assert done.stdout.split() == []
