"""Where trips are short against their network, the sheet shows the country around the trips."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.units import CAR_BOX

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.sharing.views import ProductView, SegmentView

    Extent = tuple[float, float, float, float]

#: Rim around the trips, as a share of their longer side and in degrees at least.
_RIM, _LEAST_RIM = 0.15, 0.02
#: Only what takes less than this of the whole, both ways, is shown larger.
_MOST = 0.6


def focused(product: ProductView) -> ProductView:
    """
    Product on the extent of its trips, patrols and corridors, with the roads near by; itself without any.

    Lists keep everything: what lies outside of the sheet is told and not drawn. Only what the product shows
    counts, so the extent tells nothing that was withheld.
    """
    ground = product.frame.ground
    own = None if ground is None else _extent(product)
    if ground is None or own is None:
        return product
    whole = ground.extent or CAR_BOX
    if max(_share(own, whole, 0), _share(own, whole, 1)) > _MOST:
        return product
    wide, high = own[2] - own[0], own[3] - own[1]
    around = (own[0] - 2 * wide, own[1] - 2 * high, own[2] + 2 * wide, own[3] + 2 * high)
    return replace(
        product,
        frame=replace(product.frame, ground=replace(ground, extent=own)),
        segments=tuple(one for one in product.segments if _touches(one, around)),
    )


def used_roads(product: ProductView) -> frozenset[str]:
    """Segments of trips, patrols, announced operations and corridors."""
    legs = {
        leg.segment_id
        for movement in product.movements
        for option in movement.options
        for leg in option.legs
    }
    patrols = {key for one in product.patrols for key, _, _ in one.stretches}
    operations = {key for one in product.operations for key, _, _ in one.stretches}
    corridors = {part.segment_id for one in product.corridors for part in one.stretches}
    return frozenset(legs | patrols | operations | corridors)


def _extent(product: ProductView) -> Extent | None:
    """Extent of everything planned, with a rim; None where nothing is."""
    used = used_roads(product)
    ends = {end for one in product.movements for end in (one.origin, one.destination)}
    rows = [_points(one) for one in product.segments if one.segment_id in used]
    if not rows:
        return None
    spots = [(one.lon, one.lat) for one in product.places if one.place_id in ends]
    points = np.vstack([*rows, *(np.array([spot]) for spot in spots)])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    rim = max(_RIM * max(east - west, north - south), _LEAST_RIM)
    return float(west - rim), float(south - rim), float(east + rim), float(north + rim)


def _points(segment: SegmentView) -> NDArray[np.float64]:
    return np.asarray(segment.line, dtype=np.float64)


def _share(own: Extent, whole: Extent, axis: int) -> float:
    return (own[axis + 2] - own[axis]) / max(whole[axis + 2] - whole[axis], 1e-9)


def _touches(segment: SegmentView, around: Extent) -> bool:
    (west, south), (east, north) = (_points(segment).min(axis=0), _points(segment).max(axis=0))
    return bool(
        east >= around[0] and west <= around[2] and north >= around[1] and south <= around[3]
    )
