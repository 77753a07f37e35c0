"""A small surveyed product: a road of three segments, a side street, and what lies on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from sharing.week import CONFIG, OWNER, picture, plans

from cmcoord_geo.i18n import Said
from cmcoord_geo.sharing import build_product
from cmcoord_geo.sharing.views import (
    ConflictView,
    LegView,
    PatrolView,
    PlaceView,
    ProductView,
    RangeView,
    SegmentView,
    WindowView,
)
from cmcoord_geo.units import BANGUI

START = datetime(2026, 12, 1, 8, tzinfo=BANGUI)


def window(start_h: float, end_h: float) -> WindowView:
    return WindowView(start=START + timedelta(hours=start_h), end=START + timedelta(hours=end_h))


def segment(key: str, start: str, end: str, at: float, **more: object) -> SegmentView:
    """One km eastwards from a place along the road."""
    made = SegmentView(
        segment_id=key,
        start=start,
        end=end,
        route_ref="RN2",
        road_class="primary",
        surface="paved",
        km=RangeView(low=0.9, high=1.1),
        km_mid=1.0,
        line=((20 + at, 5.0), (20.005 + at, 5.0), (20.01 + at, 5.0)),
        is_schematic=False,
        state="open",
        is_state_reported=False,
        title="RN2 Avenue",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def leg(key: str, low: float, *, is_forward: bool = True) -> LegView:
    return LegView(
        segment_id=key,
        is_forward=is_forward,
        km=RangeView(low=low, high=low + 1),
        window=window(low, low + 1),
    )


def place(place_id: str, lon: float = 20.0) -> PlaceView:
    return PlaceView(
        place_id=place_id, name=place_id.title(), alt_names=(), lon=lon, lat=5.0,
        role="town", prefecture="", airstrip="",
    )  # fmt: skip


def patrol(*stretches: tuple[str, float, float]) -> PatrolView:
    return PatrolView(
        mark="P1", patrol_id="P", stretches=stretches, window=window(0, 3), state="offered",
        passed_at=None, provider=Said("f", "f"), composition=Said("m", "m"),
    )  # fmt: skip


def conflict(key: str, start_h: float, *, movement: str = "H1") -> ConflictView:
    return ConflictView(
        mark="X9", answer="conflict", movement=movement, patrol="P1", segment_id=key,
        fraction=RangeView(low=0.0, high=1.0), window=window(start_h, start_h + 1.5),
        said=Said("", ""),
    )  # fmt: skip


@cache
def _week() -> ProductView:
    return build_product(picture(), plans(), OWNER, CONFIG).product


def product(
    segments: tuple[SegmentView, ...],
    *ways: tuple[LegView, ...],
    via: tuple[str, ...] = ("a", "d"),
    **more: object,
) -> ProductView:
    """Product with one movement, an option for each way, and nothing of the week that it is made from."""
    week = _week()
    model = week.movements[0]
    options = tuple(
        replace(model.options[0], letter="ABCD"[i], legs=way, via=via, profile=(), cover=())
        for i, way in enumerate(ways)
    )
    movement = replace(model, mark="H1", options=options, cuts=())
    bare: dict[str, object] = {
        "segments": segments, "places": (place("a"), place("d", 20.03)), "closures": (),
        "crossings": (), "movements": (movement,) if ways else (), "patrols": (), "conflicts": (),
        "incidents": (), **more,
    }  # fmt: skip
    return replace(week, **bare)  # type: ignore[arg-type]


#: From a to d eastwards; the middle segment is drawn the other way round.
ROAD = (
    segment("s1", "a", "b", 0.0),
    segment("s2", "c", "b", 0.01, line=((20.02, 5.0), (20.015, 5.0), (20.01, 5.0))),
    segment("s3", "c", "d", 0.02),
)
WAY = (leg("s1", 0), leg("s2", 1, is_forward=False), leg("s3", 2))
