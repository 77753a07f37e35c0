"""Flaws of a network in words: what is found at a place, and the line that a terminal shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.i18n.numbers import said_decimal, said_length
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.network.notations import to_decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.network.flaws import Flaw, FlawGroup, FlawPlace

_NOTHING = Said(fr="", en="")
#: Pieces of a road that a line names; the rest are counted.
_MOST_IDS = 2
#: Nearer than this a gap is told with a decimal.
_SHORT_M = 10.0
_NO_GAP_M = 0.1
#: Kinds of which a ferry has a sentence of its own.
_OF_FERRIES = {"island": "flaw.ferry", "dead_end": "flaw.ferry_end"}


def said_of(flaw: Flaw) -> Said:
    """What is found at a place, without where it is and the ids of its roads."""
    names = ", ".join(flaw.names)
    return said(
        _key(flaw),
        length=_NOTHING if flaw.length_m is None else said_length(flaw.length_m),
        roads=flaw.roads,
        named=said("flaw.named", names=names) if names else _NOTHING,
        cut=said("flaw.cut") if flaw.is_cut else _NOTHING,
        road=Said(fr=names, en=names) if names else said("flaw.no_name"),
        away=_NOTHING if flaw.away_m is None else _gap(flaw.away_m),
        other=_other(flaw),
        tag=flaw.tag,
        count=flaw.count,
        effect=said(f"flaw_effect.{flaw.effect}") if flaw.effect else _NOTHING,
    )


def lines_of(group: FlawGroup) -> Iterator[Said]:
    """A line for each place of a kind, and how many more of them there are."""
    yield from map(_line, group.places)
    if left := group.count - len(group.places):
        yield said("flaw.more", count=left)


def _key(flaw: Flaw) -> str:
    if flaw.is_ferry and flaw.kind in _OF_FERRIES:
        return _OF_FERRIES[flaw.kind]
    return f"flaw.{flaw.kind}"


def _line(place: FlawPlace) -> Said:
    flaw = place.flaw
    at = ""
    if flaw.lon is not None and flaw.lat is not None:
        at = to_decimal(flaw.lon, flaw.lat)
    ids = _ids(flaw)
    parts = [Said(fr=at, en=at), place.where, place.said, Said(fr=ids, en=ids)]
    return join([part for part in parts if part.en], " · ")


def _ids(flaw: Flaw) -> str:
    """Ids to look for: the example of a tag, else the first segments."""
    if flaw.example:
        return f"[{flaw.example}]"
    left = len(flaw.segment_ids) - _MOST_IDS
    more = f", … +{left}" if left > 0 else ""
    ids = ", ".join(flaw.segment_ids[:_MOST_IDS])
    return f"[{ids}{more}]" if ids else ""


def _gap(away_m: float) -> Said:
    if away_m < _NO_GAP_M:
        return said("flaw.below")
    if away_m < _SHORT_M:
        metres = said_decimal(away_m)
        return Said(fr=f"{metres.fr} m", en=f"{metres.en} m")
    return said_length(away_m)


def _other(flaw: Flaw) -> Said:
    """The other road and its id, by which QGIS or JOSM finds it."""
    key = f"[{flaw.other_id}]"
    return join((said_road(flaw.other_name), Said(fr=key, en=key)), " ")
