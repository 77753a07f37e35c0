"""Rates of a class: shares as fitted under whole coverage, the area for what nobody watched, the laws."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from string import ascii_letters

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import DRY, Event, incidents, source
from towns import town

from cmcoord_geo.config import HazardConfig
from cmcoord_geo.facts import places
from cmcoord_geo.model import Source
from cmcoord_geo.network import bundled_network
from cmcoord_geo.risk.attribution import attribute, town_mass
from cmcoord_geo.risk.hazard import gamma_bounds, hazard
from cmcoord_geo.risk.memory import PARTS, Memories, Memory, shipped_memories
from cmcoord_geo.risk.mixture import RESTS_ON, ClassRates, Mixture
from cmcoord_geo.risk.pieces import cut_into_pieces
from cmcoord_geo.risk.window import Window

NETWORK = bundled_network()
CONFIG = HazardConfig()
PIECES = cut_into_pieces(NETWORK, piece_m=CONFIG.piece_m)
BLOCKS = PIECES.length_m / 100_000.0
#: A log so long that it saw the whole of every memory.
LONG = source("robbery", days=20_000)


def at(place_id: str, **more) -> Event:
    place = places()[place_id]
    return Event(lon=place.lon, lat=place.lat, **more)


def rates(
    events: Sequence[Event] = (),
    *sources: Source,
    at_=DRY,
    as_of=DRY,
    memories: Memories | None = None,
    config: HazardConfig = CONFIG,
) -> ClassRates:
    told = incidents(list(events), *sources)
    window = Window(sources, at=at_, as_of=as_of, recent_days=CONFIG.recent_days)
    mixture = Mixture(
        attribute(told, PIECES, config=config),
        told,
        window,
        memories=memories or shipped_memories(),
        config=config,
    )
    return mixture.rates("robbery", told.counted(told.at_s <= as_of.timestamp()))


def total(found: ClassRates) -> float:
    """Records a month on the whole network."""
    return float(found.mean @ BLOCKS)


def steady(days: int, every: int, *names: str) -> list[Event]:
    return [at(name, age_days=age) for age in range(1, days, every) for name in names]


# --- as fitted ----------------------------------------------------------------------------------


def test_under_whole_coverage_each_memory_has_its_share_of_a_steady_rate() -> None:
    """Ten records a month at one place, for as long as anyone remembers: each share of them, no more."""
    found = rates(steady(19_999, 3, "BBY"), LONG)
    whole = total(found)
    assert whole == pytest.approx(30.436875 / 3, rel=0.02)
    shares = found.rests_on @ BLOCKS / whole
    for part in PARTS:
        fitted = sum(m.share for m in shipped_memories().memories if m.part == part)
        assert shares[RESTS_ON.index(part)] == pytest.approx(fitted, abs=0.01)
    assert shares[-1] < 1e-6


def test_parts_add_up_to_the_mean() -> None:
    found = rates([at("BBY"), at("OBO", age_days=90)], source("robbery", days=100))
    assert found.rests_on.sum(axis=0) == pytest.approx(found.mean)
    assert (found.rests_on >= 0).all()


def test_one_record_counts_by_its_age_in_closed_form() -> None:
    """One memory of the place and one of all roads: mean = (share f(age) + share / months) / 1."""
    same = Memory(name="s", part="same", reach_m=0, half_life_months=2.0, weight=1.0, share=0.75)
    even = Memory(name="e", part="even", reach_m=0, half_life_months=np.inf, weight=1.0, share=0.25)
    memories = replace(shipped_memories(), memories=(same, even), class_half_life_days=120.0)
    found = rates([at("BBY", age_days=30)], LONG, memories=memories)
    age = 30 / 30.436875
    told = 0.75 * np.log(2) / 2 * 0.5 ** (age / 2)
    everywhere = 0.25 / (20_000 / 30.436875)
    assert total(found) == pytest.approx(told + everywhere, rel=1e-9)


# --- what nobody watched ------------------------------------------------------------------------


def test_a_source_that_fell_silent_hands_its_share_to_the_area() -> None:
    """Half a year later the weeks before are unknown: neither quiet nor as they were."""
    old = source("robbery", days=2_000, last=DRY - timedelta(days=180))
    events = steady(2_000, 5, "BBY")
    events = [event for event in events if event.age_days > 180]
    found = rates(events, old)
    shares = found.rests_on @ BLOCKS / total(found)
    assert shares[-1] > 0.2
    assert total(found) == pytest.approx(30.436875 / 5, rel=0.15)


def test_a_log_of_a_month_leaves_most_to_the_mean_of_all_roads() -> None:
    found = rates(steady(30, 3, "BBY"), source("robbery", days=30))
    assert (found.rests_on @ BLOCKS / total(found))[-1] > 0.2


QUIET = st.lists(
    st.builds(at, st.sampled_from(["BGF", "SBT", "OBO", "BIV"]), age_days=st.integers(0, 700)),
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(QUIET, st.integers(31, 1_500))
def test_no_source_is_wider_than_covered_and_quiet_and_never_under_its_prior(
    events: list[Event], days: int
) -> None:
    """Ouaka without a source, and the same with one that recorded nothing there."""
    is_ouaka = np.array([area == "Ouaka" for area in PIECES.area])
    others = tuple(sorted(set(PIECES.area) - {"Ouaka"}))
    without = source("robbery", days=days, areas=others)
    told = incidents(events, without, source("robbery", days=days))
    bounds = []
    for sources in ((without,), (source("robbery", days=days),)):
        table = replace(told, sources=sources)
        found = hazard(NETWORK, table, at=DRY, as_of=DRY, config=CONFIG)
        low, high = gamma_bounds(found.assumed, found.assumed_deviation)
        bounds.append((found, low, high))
    (open_, open_low, open_high), (quiet, quiet_low, quiet_high) = bounds
    assert not open_.is_informed[is_ouaka].any()
    assert quiet.is_informed.all()
    width = (open_high - open_low)[is_ouaka], (quiet_high - quiet_low)[is_ouaka]
    assert (width[0] > width[1]).all()
    prior = rates(events, without).rests_on[:, is_ouaka]
    assert (open_.assumed[is_ouaka] >= prior.sum(axis=0) * (1 - 1e-12)).all()
    assert (open_.assumed[is_ouaka] >= quiet.assumed[is_ouaka] * (1 - 1e-12)).all()


# --- laws ---------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(QUIET, st.integers(0, 600), st.integers(1, 900))
def test_an_older_record_never_counts_more_on_any_road(
    events: list[Event], age: int, older: int
) -> None:
    new, old = (
        rates([*events, at("BBY", age_days=days)], source("robbery", days=700))
        for days in (age, age + older)
    )
    assert (new.mean >= old.mean * (1 - 1e-12)).all()


def test_a_class_that_fades_slowly_is_remembered_longer() -> None:
    """Abduction halves in 180 days, robbery in 120 (data/incident_classes.csv)."""
    logs = source("robbery", "abduction", days=20_000)
    told = [
        hazard(
            NETWORK,
            incidents([at("BBY", class_id=name, age_days=300)], logs),
            at=DRY,
            as_of=DRY,
            config=CONFIG,
        )
        for name in ("robbery", "abduction")
    ]
    by_class = [
        float(np.nansum(found.by_class[found.classes.index(name)] * BLOCKS))
        for found, name in zip(told, ("robbery", "abduction"), strict=True)
    ]
    assert by_class[1] > by_class[0]


# --- the posterior's interval -------------------------------------------------------------------


#: Roads of 10 km, each an island, so that a record stays whole on its own.
ISLANDS = town(
    "\n\n".join(
        f"{a}{'-' * 9}{b}" for a, b in zip(ascii_letters[::2], ascii_letters[1::2], strict=True)
    )
)
RUNS = int(os.environ.get("CMCOORD_COVERAGE_RUNS", "1000"))


@pytest.mark.parametrize(
    ("half_life", "months", "shape"), [(np.inf, 24.0, 1.6), (6.0, 120.0, 1.6), (np.inf, 24.0, 0.5)]
)
def test_the_interval_holds_the_rate_in_nine_cases_of_ten(
    half_life: float, months: float, shape: float
) -> None:
    """
    1,000 roads and more, rates drawn from the prior that the shares stand for, records drawn from the rates.

    The prior weighs (1 - z) / z of the months watched, where z is the share of the place's own memory.
    """
    random = np.random.default_rng(20_261_126)
    own, even = 0.75, 0.25
    told = replace(
        shipped_memories(),
        class_half_life_days=120.0,
        memories=(
            Memory(
                name="s", part="same", reach_m=0, half_life_months=half_life, weight=1, share=own
            ),
            Memory(name="e", part="even", reach_m=0, half_life_months=np.inf, weight=1, share=even),
        ),
    )
    watched = months if np.isinf(half_life) else 2 * half_life / np.log(2)
    log = source("robbery", days=months * 30.436875)
    pieces = cut_into_pieces(ISLANDS, piece_m=CONFIG.piece_m)
    middle = [
        (ISLANDS.lon[ISLANDS.start] + ISLANDS.lon[ISLANDS.end]) / 2,
        ISLANDS.lat[ISLANDS.start],
    ]
    held = []
    while len(held) * len(ISLANDS) < RUNS:
        rate = random.gamma(shape, own / even / watched, len(ISLANDS))
        events = [
            Event(lon=middle[0][i], lat=middle[1][i], age_days=int(age))
            for i, count in enumerate(random.poisson(rate * months))
            for age in random.uniform(0, months * 30.436875, count)
        ]
        table = incidents(events, log)
        found = Mixture(
            attribute(table, pieces, config=CONFIG),
            table,
            Window((log,), at=DRY, as_of=DRY, recent_days=CONFIG.recent_days),
            memories=told,
            config=CONFIG,
        ).rates("robbery", np.ones(len(table), dtype=bool))
        low, high = gamma_bounds(found.mean, found.deviation)
        per_block = rate / (pieces.length_m / 100_000.0)
        held.append(np.mean((low <= per_block) & (per_block <= high)))
    assert 0.88 <= np.mean(held) <= 0.92


# --- towns --------------------------------------------------------------------------------------


def test_towns_have_a_mass_of_one_together_and_roads_without_one_share_it_by_length() -> None:
    mass = town_mass(PIECES, within_m=6_000.0, reach_m=20_000.0)
    assert mass.sum() == pytest.approx(1.0, abs=1e-6)
    nowhere = town_mass(PIECES, within_m=0.0001, reach_m=20_000.0)
    assert nowhere.sum() == pytest.approx(1.0, abs=1e-6)


def test_a_source_that_covers_no_town_gives_towns_the_mean_of_the_covered_roads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Roads apart from every town: what towns bear is not known, and no figure is lost for it."""
    in_ouaka = np.array([area == "Ouaka" for area in PIECES.area])
    elsewhere = np.where(in_ouaka, 0.0, PIECES.length_m)
    monkeypatch.setattr(
        "cmcoord_geo.risk.mixture.town_mass", lambda *_, **__: elsewhere / elsewhere.sum()
    )
    found = rates([at("BBY")], replace(LONG, areas=("Ouaka",)))
    assert in_ouaka.any()
    assert np.isfinite(found.mean).all()
    assert (found.mean > 0).all()


# ---------------------------------------------------------------- factors


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_a_factor_on_half_lives_or_reaches_is_other_memories(factor: float) -> None:
    """Under a log that saw the whole of every memory the mean of the area has no part in it."""
    events = [at("BBY", age_days=40), at("SBT", age_days=200), at("BOP", age_days=3)]
    shipped = shipped_memories()

    def scaled(name: str) -> Memories:
        return replace(
            shipped,
            memories=tuple(
                replace(memory, **{name: getattr(memory, name) * factor})
                for memory in shipped.memories
            ),
        )

    for setting, name in (("half_life_factor", "half_life_months"), ("reach_factor", "reach_m")):
        found = rates(events, LONG, config=replace(CONFIG, **{setting: factor}))
        want = rates(events, LONG, memories=scaled(name))
        np.testing.assert_allclose(found.mean, want.mean, rtol=1e-9)
        np.testing.assert_allclose(found.deviation, want.deviation, rtol=1e-9)
        assert not np.allclose(found.mean, rates(events, LONG).mean, rtol=1e-3)
