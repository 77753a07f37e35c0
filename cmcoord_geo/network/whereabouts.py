"""Where a spot lies, as a person says it: by its prefecture or the nearest town, with its kind and its id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, messages, said
from cmcoord_geo.network.nearby import where_at
from cmcoord_geo.network.notations import to_decimal

if TYPE_CHECKING:
    from cmcoord_geo.network.coordinates import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """
    A place or point that was asked for.

    Attributes
    ----------
    spot_id, name : str
    lon, lat : float
        Degrees.
    kind : str
        Of a place; ``position`` for a point.
    told : tuple of Said
        What a person should know of how it was understood.
    others : tuple of Reading
        Other points that its figures could mean.
    own_id : str
        Id that a map gives to the place, which no other place of it has.
    """

    spot_id: str
    name: str
    lon: float
    lat: float
    kind: str = ""
    told: tuple[Said, ...] = ()
    others: tuple[Reading, ...] = ()
    own_id: str = ""


def where_of(spot: Spot) -> Said:
    """Where a spot lies: its prefecture, or by the nearest town such as ``23 km north-east of Bambari``."""
    if spot.spot_id in places():
        prefecture = places()[spot.spot_id].prefecture_2021
        return Said(fr=prefecture, en=prefecture)
    return where_at(spot.lon, spot.lat)


def described(spot: Spot) -> Said:
    """A candidate as a person reads it: name, kind, where it lies, and the id to type."""
    return said(
        "place.candidate",
        name=spot.name,
        kind=kind_of(spot),
        where=where_of(spot),
        at=to_decimal(spot.lon, spot.lat),
        place_id=spot.own_id or spot.spot_id,
    )


def kind_of(spot: Spot) -> Said:
    """Kind of a spot as a person says it; as the map has it where no table knows it."""
    key = f"place_kind.{spot.kind}"
    return said(key) if key in messages() else Said(fr=spot.kind, en=spot.kind)
