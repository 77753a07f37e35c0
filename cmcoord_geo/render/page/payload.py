"""
The data block of a page: what a product holds, as plain values under the names that the script uses.

Only what the product's view holds can get here, and a text is a ``Said`` until it is packed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo import facts
from cmcoord_geo.i18n.numbers import said_decimal, said_tonnes
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.render.page.basemap import ROAD_SCALE, base_payload, encoded, steps
from cmcoord_geo.render.page.furniture import page_texts
from cmcoord_geo.render.page.timeline import Timeline
from cmcoord_geo.render.page.traffic import (
    conflict_payload,
    corridor_payload,
    movement_payload,
    operation_payload,
    patrol_payload,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.page.pack import Plain
    from cmcoord_geo.sharing import views as v

#: Share of a network's extent that is added in the south, where the key stands.
_ROOM_FOR_KEY = 0.15


def page_payload(product: v.ProductView, *, lang: Lang) -> dict[str, Plain]:
    """
    Everything that the page of a product shows.

    Parts that the product does not hold are left out, so that a page for one audience does not even name
    what another one has.
    """
    timeline = Timeline(product.frame.week.start)
    parts: dict[str, list[Plain]] = {
        "movements": [movement_payload(item, timeline) for item in product.movements],
        "patrols": [patrol_payload(item, timeline) for item in product.patrols],
        "conflicts": [conflict_payload(item, timeline) for item in product.conflicts],
        "corridors": [corridor_payload(item, timeline) for item in product.corridors],
        "incidents": [_incident(item, timeline) for item in product.incidents],
        "incidentCounts": [_count(item) for item in product.incident_counts],
        "movementCounts": [_count(item) for item in product.movement_counts],
        "dataNotes": list(product.data_notes),
        "roadNotes": list(product.road_notes),
        "operations": [operation_payload(item, timeline) for item in product.operations],
        "areas": [_area(item, timeline) for item in product.areas],
    }
    return {
        "lang": lang,
        "texts": page_texts(product),
        "frame": frame_payload(product.frame, timeline),
        "base": ground_payload(product.frame.ground),
        "places": [place_payload(item) for item in product.places],
        "segments": [segment_payload(item, timeline) for item in product.segments],
        "closures": [_closure(item, timeline) for item in product.closures],
        "crossings": [_crossing(item, timeline) for item in product.crossings],
        **{name: part for name, part in parts.items() if part},
        **_classes(product.incidents),
        **({"noPatrols": True} if product.lacks_patrols else {}),
        **_given("ordnanceSaid", product.ordnance_said),
        **_given("incidentsSaid", product.incidents_said),
    }


def ground_payload(ground: v.GroundView | None) -> Plain:
    """The base map; under a surveyed network the extent besides, and nothing else outside the country."""
    base = base_payload(facts.basemap())
    if ground is None:
        return base
    found: dict[str, Plain] = base if ground.has_base else {key: [] for key in base}
    found["land"] = found["country"]
    if ground.extent is not None:
        west, south, east, north = ground.extent
        south -= _ROOM_FOR_KEY * (north - south)
        corners = ((west, south), (east, north))
        found["country"] = [encoded(steps([corner])) for corner in corners]
    return found


def _given(name: str, value: Plain) -> dict[str, Plain]:
    return {} if value is None else {name: value}


def _optional(moment: datetime | None, timeline: Timeline) -> int | None:
    return None if moment is None else timeline.minute(moment)


def frame_payload(frame: v.FrameView, timeline: Timeline) -> dict[str, Plain]:
    """What stands around a page."""
    return {
        "title": frame.title,
        "subtitle": frame.subtitle,
        "audience": frame.audience,
        "audienceName": frame.audience_name,
        "audienceNote": frame.audience_note,
        "asOf": timeline.minute(frame.as_of),
        "expires": timeline.minute(frame.expires_at),
        "weekStart": round(frame.week.start.timestamp()),
        "weekMinutes": timeline.minute(frame.week.end),
        "sun": [
            [place, *(timeline.minute(moment) for moment in (day, sunrise, sunset))]
            for place, day, sunrise, sunset in frame.sun
        ],
        "isExercise": frame.is_exercise,
        "isSchematic": frame.is_schematic,
        "disclaimer": frame.disclaimer,
        "sources": [
            {"name": source.name, "licence": source.licence, "said": source.said}
            for source in frame.sources
        ],
        "prefecturesNote": frame.prefectures_note,
    }


def place_payload(place: v.PlaceView) -> dict[str, Plain]:
    """A place of the gazetteer."""
    return {
        "id": place.place_id,
        "name": place.name,
        "others": list(place.alt_names),
        "lon": round(place.lon, 5),
        "lat": round(place.lat, 5),
        "role": place.role,
        "prefecture": place.prefecture,
        "airstrip": place.airstrip,
    }


def segment_payload(segment: v.SegmentView, timeline: Timeline) -> dict[str, Plain]:
    """A road segment; what an audience does not see is left out."""
    found: dict[str, Plain] = {
        "id": segment.segment_id,
        "from": segment.start,
        "to": segment.end,
        "ref": segment.title or segment.route_ref,
        "roadClass": _road_class(segment),
        "surface": segment.surface,
        "km": [segment.km.low, segment.km.high],
        "kmMid": segment.km_mid,
        "line": encoded(steps(segment.line, scale=ROAD_SCALE)),
        "isSchematic": segment.is_schematic,
        "state": segment.state,
        "isReported": segment.is_state_reported,
    }
    if segment.stale_at is not None:
        found["staleAt"] = timeline.minute(segment.stale_at)
    if segment.exposure_class is not None:
        found |= {
            "exposure": segment.exposure_class,
            "records": segment.records,
            "lastRecord": _optional(segment.last_record, timeline),
        }
    if segment.ordnance_records:
        found |= {
            "ordnance": segment.ordnance_records,
            "lastOrdnance": _optional(segment.ordnance_last, timeline),
        }
    return found


def _road_class(segment: v.SegmentView) -> str:
    """Class whose style a road has; on a surveyed network main roads look like national ones."""
    if not segment.title:
        return segment.road_class
    row = facts.road_classes().get(segment.road_class)
    is_main = row is not None and row.is_main and segment.road_class != "ferry"
    return "national" if is_main else "regional"


def _closure(closure: v.ClosureView, timeline: Timeline) -> dict[str, Plain]:
    return {
        "mark": closure.mark,
        "segment": closure.segment_id,
        "at": closure.fraction,
        "state": closure.state,
        "said": closure.said,
        "reported": timeline.minute(closure.reported_at),
        "expires": timeline.minute(closure.expires_at),
        **({"along": [list(part) for part in closure.along]} if closure.along else {}),
    }


def _crossing(crossing: v.CrossingView, timeline: Timeline) -> dict[str, Plain]:
    return {
        "id": crossing.crossing_id,
        "kind": crossing.kind,
        "name": crossing.name,
        "segment": crossing.segment_id,
        "at": crossing.fraction,
        "isPlaceKnown": crossing.is_place_known,
        "state": crossing.state,
        "capacity": None if crossing.capacity_t is None else said_tonnes(crossing.capacity_t),
        "reported": _optional(crossing.reported_at, timeline),
        "expires": _optional(crossing.expires_at, timeline),
    }


def _area(area: v.AreaView, timeline: Timeline) -> dict[str, Plain]:
    per_km = area.added_min_per_km
    return {
        "mark": area.mark,
        "name": area.name,
        "effect": area.effect,
        "perKm": None if per_km is None else said_decimal(per_km, digits=int(per_km % 1 > 0)),
        "since": _optional(area.since, timeline),
        "until": timeline.minute(area.until),
        "roads": [[said_road(road.road), said_decimal(road.km)] for road in area.roads],
        "movements": list(area.movements),
        "outline": [
            [encoded(steps(ring, scale=ROAD_SCALE)) for ring in polygon] for polygon in area.outline
        ],
        "label": _inside(area),
        "idle": area.idle,
    }


def _inside(area: v.AreaView) -> list[Plain]:
    """Longitude and latitude of a point in the largest part of an area; nothing without an outline."""
    import shapely

    parts = [shapely.Polygon(rings[0], rings[1:]) for rings in area.outline]
    if not parts:
        return []
    spot = max(parts, key=lambda part: float(part.area)).representative_point()
    return [round(float(spot.x), 5), round(float(spot.y), 5)]


def _incident(incident: v.IncidentView, timeline: Timeline) -> dict[str, Plain]:
    return {
        "class": incident.class_id,
        "lon": round(incident.lon, 3),
        "lat": round(incident.lat, 3),
        "day": timeline.minute(incident.day),
        "isPrecise": incident.is_precise,
        "isOrdnance": incident.is_ordnance,
        "place": incident.place,
        "source": incident.source,
    }


def _classes(incidents: Iterable[v.IncidentView]) -> dict[str, Plain]:
    """Letter and name of each class that occurs, once."""
    found: dict[str, Plain] = {item.class_id: [item.letter, item.class_name] for item in incidents}
    return {"incidentClasses": found} if found else {}


def _count(count: v.AreaCountView) -> dict[str, Plain]:
    return {"area": count.area, "count": count.count}
