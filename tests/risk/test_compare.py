"""Routes compared by common draws: laws of the shares, CVaR against its closed form, unknown is not low."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import DRY, Event, incidents, source
from scipy import integrate, special, stats

from cmcoord_geo.config import CompareConfig, HazardConfig
from cmcoord_geo.facts import places
from cmcoord_geo.network import bundled_network
from cmcoord_geo.risk import Drive, Hazard, exposure_along, hazard
from cmcoord_geo.risk.compare import (
    LEVEL,
    Doubt,
    Part,
    compared,
    cvar,
    doubt_of,
    drawn,
    gamma_cvar,
    ranks,
)

CONFIG = CompareConfig()
HAZARD = HazardConfig()
NETWORK = bundled_network()
#: Bangui, Damara, Sibut, Grimari, Bambari.
WAY = tuple(NETWORK.segment_index[key] for key in ("L040", "L041", "L042", "L043"))

shapes = st.floats(0.02, 30)
scales = st.floats(0.01, 50)


def known(parts: dict[str, tuple[float, float]], *, informed: float = 1.0) -> Doubt:
    return Doubt(
        parts={key: Part(shape=shape, scale=scale) for key, (shape, scale) in parts.items()},
        informed_share=informed,
    )


@st.composite
def routes(draw, *, most: int = 3) -> tuple[Doubt, ...]:
    """Some routes over six segments; a segment has one shape, and for each route its hours."""
    shape = {key: draw(shapes) for key in "abcdef"}
    return tuple(
        known({
            key: (shape[key], draw(scales))
            for key in draw(st.sets(st.sampled_from("abcdef"), min_size=1))
        })
        for _ in range(draw(st.integers(1, most)))
    )  # fmt: skip


# ---------------------------------------------------------------- closed forms


@given(shape=st.floats(0.02, 500), scale=scales, level=st.floats(0.5, 0.99))
def test_cvar_of_a_gamma_is_the_mean_beyond_its_quantile(shape, scale, level) -> None:
    """Oracle: the integral of the quantile function over the worst draws, by another identity."""
    quantile = special.gammaincinv(shape, level)
    log_density = shape * np.log(quantile) - quantile - special.gammaln(shape + 1)
    want = shape * scale * (1.0 + np.exp(log_density) / (1 - level))
    assert gamma_cvar(shape, scale, level=level) == pytest.approx(want, rel=1e-9)


@pytest.mark.parametrize("shape", [0.3, 1.0, 2.5, 40.0])
def test_cvar_of_a_gamma_is_its_integral(shape: float) -> None:
    beyond = stats.gamma.ppf(LEVEL, shape)
    area, _ = integrate.quad(
        lambda x: x * stats.gamma.pdf(x, shape), beyond, np.inf, epsabs=1e-13, epsrel=1e-12
    )
    assert gamma_cvar(shape, 1.0) == pytest.approx(area / (1 - LEVEL), rel=1e-9)


def test_cvar_of_an_exponential_and_of_erlang_segments() -> None:
    assert gamma_cvar(1.0, 3.0) == pytest.approx(3.0 * (1 - np.log(0.1)), rel=1e-12)
    # two independent exponentials of one scale: 1 - F(q) = (1 + q) exp(-q) = 0.1
    q = -1.0 - special.lambertw(-0.1 / np.e, -1).real
    want = (q**2 + 2 * q + 2) * np.exp(-q) / 0.1
    assert gamma_cvar(2.0, 1.0) == pytest.approx(want, rel=1e-9)


@pytest.mark.parametrize("parts", [[(0.4, 2.0)] * 6, [(3.0, 1.5), (0.1, 1.5), (0.02, 1.5)]])
def test_draws_agree_with_the_closed_form_within_their_error(parts) -> None:
    """Four standard errors of the mean of the worst tenth, from 200,000 draws."""
    count = 200_000
    doubt = known({f"S{i}": part for i, part in enumerate(parts)})
    (row,) = drawn([doubt], draws=count).total
    shape = sum(part[0] for part in parts)
    want = gamma_cvar(shape, parts[0][1])
    tail = np.sort(row)[int(LEVEL * count) :]
    quantile = tail[0]
    # variance of the estimator (Trindade et al. 2007): that of (X - q)+ over (1 - level)^2 n
    error = np.std(np.maximum(row - quantile, 0)) / (1 - LEVEL) / np.sqrt(count)
    assert cvar(row) == pytest.approx(want, abs=4 * error)
    assert error < 0.02 * want
    assert row.mean() == pytest.approx(shape * parts[0][1], abs=4 * row.std() / np.sqrt(count))


def test_draws_of_two_routes_agree_with_the_closed_form_of_their_order() -> None:
    """P(A < B) for Gammas of one scale is a Beta: A / (A + B) is Beta(a, b)."""
    count, a, b = 100_000, 1.4, 2.3
    one, other = compared(
        [known({"a": (a, 1.0)}), known({"b": (b, 1.0)})],
        reference=1,
        config=replace(CONFIG, draws=count),
    )
    want = special.betainc(a, b, 0.5)
    assert one.below == pytest.approx(want, abs=4 * 0.5 / np.sqrt(count))
    assert other.tied == 1.0


def test_cvar_of_draws_weighs_the_draw_on_the_border() -> None:
    assert cvar(np.array([4.0, 1.0, 2.0, 3.0]), level=0.5) == pytest.approx(3.5)
    assert cvar(np.array([1.0, 2.0, 4.0]), level=0.5) == pytest.approx((0.5 * 2 + 4) / 1.5)
    assert cvar(np.array([7.0]), level=0.9) == pytest.approx(7.0)


# ---------------------------------------------------------------- laws


@settings(max_examples=60)
@given(routes())
def test_shares_add_up_to_one_and_turn_round(found) -> None:
    forth = compared(found, reference=0, config=CONFIG)
    for one in forth:
        assert one.below + one.above + one.tied == pytest.approx(1.0, abs=1e-12)
    for i, one in enumerate(forth):
        back = compared(found, reference=i, config=CONFIG)[0]
        assert (back.below, back.above, back.tied) == (one.above, one.below, one.tied)


@settings(max_examples=60)
@given(routes())
def test_the_worst_draws_are_never_below_the_mean(found) -> None:
    for row in drawn(found, draws=500).total:
        assert cvar(row) >= row.mean() * (1 - 1e-12)


@settings(max_examples=60)
@given(routes(most=1), shapes, scales)
def test_a_further_segment_lowers_no_draw(found, shape, scale) -> None:
    (route,) = found
    longer = known({"z": (shape, scale)})
    longer = replace(route, parts={**route.parts, **longer.parts})
    before, after = drawn([route, longer], draws=500).total
    assert (after >= before).all()
    assert cvar(after) >= cvar(before)
    (one, _) = compared([longer, route], reference=1, config=CONFIG)
    assert one.below == 0.0


@settings(max_examples=60)
@given(routes(most=1))
def test_a_route_is_never_below_itself(found) -> None:
    one, other = compared([*found, *found], reference=0, config=CONFIG)
    assert (one.below, one.tied, other.below, other.tied) == (0.0, 1.0, 0.0, 1.0)


@settings(max_examples=60)
@given(routes())
def test_a_further_route_changes_no_figure_of_the_others(found) -> None:
    more = known({"a": (next((r.parts["a"].shape for r in found if "a" in r.parts), 1.0), 2.0)})
    before = compared(found, reference=0, config=CONFIG)
    after = compared([*found, more], reference=0, config=CONFIG)[:-1]
    unranked = {"mean_rank": 0, "tail_rank": 0}
    assert [replace(one, **unranked) for one in after] == [
        replace(one, **unranked) for one in before
    ]


@settings(max_examples=60)
@given(routes(), st.floats(0.1, 10))
def test_other_units_change_no_share(found, factor) -> None:
    """Twice the hours on every road: the same order in every draw but for rounding."""
    scaled = [
        replace(
            route,
            parts={k: replace(p, scale=p.scale * factor) for k, p in route.parts.items()},
        )
        for route in found
    ]
    for one, other in zip(
        compared(found, reference=0, config=CONFIG),
        compared(scaled, reference=0, config=CONFIG),
        strict=True,
    ):
        assert one.below == pytest.approx(other.below, abs=2 / CONFIG.draws)


def test_a_shared_road_cancels_to_the_last_bit() -> None:
    """Planted fault: subtracting sums would leave rounding, which would read as a difference."""
    big = {"big": (25.0, 1e9)}
    a, b = known({**big, "x": (1.0, 1e-9)}), known({**big, "y": (1.0, 1e-9)})
    x, y = known({"x": (1.0, 1e-9)}), known({"y": (1.0, 1e-9)})
    alone, found = (drawn(pair, reference=1, draws=50) for pair in ((x, y), (a, b)))
    np.testing.assert_array_equal(found.more, alone.more)
    assert not np.array_equal(found.total[0] - found.total[1], alone.more[0])


def test_the_same_question_has_the_same_answer() -> None:
    found = [known({"a": (0.4, 2.0), "b": (2.0, 1.0)}), known({"c": (1.0, 1.0)})]
    assert compared(found, reference=0, config=CONFIG) == compared(
        found, reference=0, config=CONFIG
    )


def test_routes_are_ranked_by_mean_and_by_their_worst_draws() -> None:
    """A steady road may have the higher mean and the better tail."""
    steady, wild = known({"a": (100.0, 0.11)}), known({"b": (0.2, 50.0)})
    one, other = compared([steady, wild], reference=0, config=CONFIG)
    assert (one.mean, other.mean) == pytest.approx((11.0, 10.0))
    assert (one.mean_rank, other.mean_rank) == (2, 1)
    assert (one.tail_rank, other.tail_rank) == (1, 2)
    assert other.tail == pytest.approx(gamma_cvar(0.2, 50.0), rel=0.1)
    half = compared([steady, replace(wild, informed_share=0.9)], reference=0, config=CONFIG)
    assert {(one.mean_rank, one.tail_rank) for one in half} == {(0, 0)}


def test_where_there_is_no_doubt_the_mean_is_drawn() -> None:
    sure = known({"a": (np.inf, 3.0)})
    assert drawn([sure], draws=5).total.tolist() == [[3.0] * 5]
    assert compared([sure], reference=0, config=CONFIG)[0].mean == 3.0


def test_ranks_of_equals_are_the_best() -> None:
    assert ranks([2.0, 2.0, 1.0, 5.0]) == (2, 2, 1, 4)


# ---------------------------------------------------------------- verdicts


LOW, HIGH = known({"a": (50.0, 0.1)}), known({"b": (50.0, 1.0)})


def verdict(one: Doubt, other: Doubt, **settings_: float) -> str:
    return compared([one, other], reference=1, config=replace(CONFIG, **settings_))[0].verdict


def test_verdicts() -> None:
    assert verdict(LOW, HIGH) == "less"
    assert verdict(HIGH, LOW) == "more"
    assert verdict(known({"a": (5.0, 1.0)}), known({"b": (5.0, 1.1)})) == "close"
    assert verdict(LOW, LOW) == "close"


def test_unknown_is_not_low() -> None:
    """A road of which less is known is never said to be less exposed, either way round."""
    assert verdict(replace(LOW, informed_share=0.7), HIGH) == "less_known"
    assert verdict(HIGH, replace(LOW, informed_share=0.7)) == "less_known"
    assert verdict(LOW, replace(HIGH, informed_share=0.7)) == "less"
    assert verdict(replace(HIGH, informed_share=0.7), LOW) == "more"
    assert verdict(replace(LOW, informed_share=0.7), HIGH, alike_informed=0.4) == "less"


@pytest.mark.parametrize("shares", [(0.4, 1.0), (1.0, 0.4), (0.0, 0.0)])
def test_nothing_is_said_where_too_little_is_known(shares) -> None:
    one, other = shares
    pair = replace(LOW, informed_share=one), replace(HIGH, informed_share=other)
    assert verdict(*pair) == "unknown"
    assert verdict(*pair[::-1]) == "unknown"


# ---------------------------------------------------------------- from a hazard


def danger(*hit: str, areas: tuple[str, ...] = ()) -> Hazard:
    events = [
        Event(lon=places()[key].lon, lat=places()[key].lat, class_id="ambush", age_days=5)
        for key in hit
    ]
    return hazard(
        NETWORK, incidents(events, source("ambush", areas=areas)), at=DRY, as_of=DRY, config=HAZARD
    )


def drives(*segments: int, hours: float = 3.0) -> tuple[Drive, ...]:
    return tuple(
        Drive(segment=segment, is_forward=True, low_h=hours * 0.8, mid_h=hours, high_h=hours * 1.5)
        for segment in segments
    )


def test_draws_have_the_mean_and_variance_of_exposure_along() -> None:
    here = danger("BBY", "BBY", "SBT")
    found = exposure_along(here, drives(*WAY), config=HAZARD)
    doubt = doubt_of(here, drives(*WAY), config=HAZARD)
    mean = sum(part.shape * part.scale for part in doubt.parts.values())
    assert mean == pytest.approx(found.mean, rel=1e-12)
    (row,) = drawn([doubt], draws=200_000).total
    assert row.mean() == pytest.approx(found.mean, abs=4 * row.std() / np.sqrt(len(row)))
    variance = sum(part.shape * part.scale**2 for part in doubt.parts.values())
    assert row.var() == pytest.approx(variance, rel=0.05)
    shape = mean**2 / variance
    assert found.high == pytest.approx(stats.gamma.ppf(0.95, shape, scale=mean / shape) * 1.5)


def test_a_segment_driven_twice_draws_one_rate_twice() -> None:
    here = danger("BBY")
    once, twice = (doubt_of(here, drives(*([WAY[0]] * n)), config=HAZARD) for n in (1, 2))
    one, two = drawn([once, twice], draws=100).total
    np.testing.assert_allclose(two, 2 * one)


def test_only_the_known_part_is_drawn() -> None:
    part = danger("BBY", areas=("Ouaka",))
    doubt = doubt_of(part, drives(*WAY), config=HAZARD)
    assert 0 < doubt.informed_share < 1
    assert 0 < len(doubt.parts) < len(WAY)
    nothing = doubt_of(danger("BBY", areas=("Vakaga",)), drives(*WAY), config=HAZARD)
    assert (nothing.parts, nothing.informed_share) == ({}, 0.0)
