"""Movements, patrols, conflicts and corridors in the data block of a page."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmcoord_geo.render.page.pack import Plain
    from cmcoord_geo.render.page.timeline import Timeline
    from cmcoord_geo.sharing import views as v


def movement_payload(movement: v.MovementView, timeline: Timeline) -> dict[str, Plain]:
    """A movement with its options."""
    return {
        "mark": movement.mark,
        "id": movement.movement_id,
        "organisation": movement.organisation,
        "from": movement.origin,
        "to": movement.destination,
        "depart": timeline.window(movement.depart),
        "vehicles": movement.vehicles,
        "persons": movement.persons,
        "cargo": movement.cargo,
        "purpose": movement.purpose,
        "marking": movement.marking,
        "trip": movement.trip,
        "season": movement.season,
        "options": [_option(option, timeline) for option in movement.options],
        "exactRoutes": movement.exact_routes,
        "isOneRoad": movement.is_one_road,
        **({} if movement.tried is None else {"tried": movement.tried}),
        "cuts": [{"segments": list(c.segment_ids), "said": c.said} for c in movement.cuts],
        "families": [
            {"name": f.name, "finding": f.finding, "said": list(f.said)} for f in movement.families
        ],
        "findings": list(movement.findings),
        "refusal": movement.refusal,
        **({"via": list(movement.via)} if movement.via else {}),
        **({"conditions": list(movement.conditions)} if movement.conditions else {}),
    }


def patrol_payload(patrol: v.PatrolView, timeline: Timeline) -> dict[str, Plain]:
    """A patrol window as released."""
    return {
        "mark": patrol.mark,
        "stretches": [
            {"segment": segment, "from": round(low, 4), "to": round(high, 4)}
            for segment, low, high in patrol.stretches
        ],
        "window": None if patrol.window is None else timeline.window(patrol.window),
        "state": patrol.state,
        "passed": None if patrol.passed_at is None else timeline.minute(patrol.passed_at),
        "provider": patrol.provider,
        "composition": patrol.composition,
    }


def operation_payload(operation: v.OperationView, timeline: Timeline) -> dict[str, Plain]:
    """An announced operation as released."""
    return {
        "mark": operation.mark,
        "id": operation.operation_id,
        "stretches": [
            {"segment": segment, "from": low, "to": high}
            for segment, low, high in operation.stretches
        ],
        "window": None if operation.window is None else timeline.window(operation.window),
        "movements": list(operation.movements),
    }


def conflict_payload(conflict: v.ConflictView, timeline: Timeline) -> dict[str, Plain]:
    """A movement and a patrol that may meet."""
    return {
        "mark": conflict.mark,
        "answer": conflict.answer,
        "movement": conflict.movement,
        "patrol": conflict.patrol,
        "segment": conflict.segment_id,
        "from": round(conflict.fraction.low, 4),
        "to": round(conflict.fraction.high, 4),
        "window": timeline.window(conflict.window),
        "said": conflict.said,
        **_more(conflict),
    }


def _more(conflict: v.ConflictView) -> dict[str, Plain]:
    if not conflict.more:
        return {}
    return {
        "more": [
            {"segment": segment, "from": round(low, 4), "to": round(high, 4)}
            for segment, low, high in conflict.more
        ]
    }


def corridor_payload(corridor: v.CorridorView, timeline: Timeline) -> dict[str, Plain]:
    """A requested corridor: stretches of road with binned windows, and nothing behind them."""
    return {
        "mark": corridor.mark,
        "id": corridor.corridor_id,
        "stretches": [
            {
                "segment": stretch.segment_id,
                "km": [stretch.km.low, stretch.km.high],
                "window": timeline.window(stretch.window),
            }
            for stretch in corridor.stretches
        ],
    }


def _apart(option: v.OptionView) -> dict[str, Plain]:
    """What confirmed and offered presence is worth, told apart, where there is any."""
    if not (option.cover and option.exposure_confirmed and option.exposure_unpatrolled):
        return {}
    return {
        "exposureConfirmed": _exposure(option.exposure_confirmed),
        "exposureUnpatrolled": _exposure(option.exposure_unpatrolled),
        "offered": option.offered_km,
    }


def _option(option: v.OptionView, timeline: Timeline) -> dict[str, Plain]:
    return {
        "letter": option.letter,
        "decision": option.decision,
        "reasons": list(option.reasons),
        "via": list(option.via),
        "legs": [
            {"segment": leg.segment_id, "isForward": leg.is_forward, "km": _places(leg.km)}
            for leg in option.legs
        ],
        "length": _outward(option.length_km),
        "drive": _outward(option.drive_h),
        "days": [option.days.low, option.days.high],
        "halts": list(option.halts),
        "exposure": _exposure(option.exposure),
        "exposureWithPatrols": _exposure(option.exposure_with_patrols),
        **_against(option),
        **_difference(option),
        **_apart(option),
        "unpatrolled": option.unpatrolled_km,
        "worst": option.worst_segment,
        "worstClass": option.worst_class,
        "profile": [
            {"km": _places(part.km), "exposure": part.exposure_class} for part in option.profile
        ],
        "cover": [
            {
                "patrol": part.patrol_id,
                "km": _places(part.km),
                "age": _outward(part.age_h),
                "isConfirmed": part.is_confirmed,
            }
            for part in option.cover
        ],
        "passages": [
            {
                "crossing": passage.crossing_id,
                "said": passage.said,
                "isFlagged": passage.is_flagged,
            }
            for passage in option.passages
        ],
        "ordnance": option.ordnance_records if option.has_ordnance_source else None,
        "ordnanceKm": option.ordnance_km,
        "warnings": [*option.roads, *_assumed(option), *option.warnings],
        "fast": [[timeline.minute(moment), round(km, 1)] for moment, km in option.fast],
        "slow": [[timeline.minute(moment), round(km, 1)] for moment, km in option.slow],
    }


def _against(option: v.OptionView) -> dict[str, Plain]:
    return {} if option.compared is None else {"against": list(option.compared.said)}


def _difference(option: v.OptionView) -> dict[str, Plain]:
    return {} if option.figures is None else {"difference": list(option.figures.lines)}


def _assumed(option: v.OptionView) -> list[Plain]:
    return [] if option.assumed is None else [option.assumed]


def _exposure(exposure: v.ExposureView) -> dict[str, Plain]:
    return {
        "low": exposure.low,
        "high": exposure.high,
        "class": exposure.exposure_class,
        "informed": exposure.informed_percent,
    }


def _outward(span: v.RangeView) -> list[Plain]:
    """Estimate in tenths that holds the given one: the page may widen a range, never narrow it."""
    low, high = (Decimal(str(float(end))) for end in (span.low, span.high))
    tenth = Decimal("0.1")
    return [float(low.quantize(tenth, ROUND_FLOOR)), float(high.quantize(tenth, ROUND_CEILING))]


def _places(span: v.RangeView) -> list[Plain]:
    """Two places along an option, in tenths of a km: where one stretch ends the next begins."""
    return [round(span.low, 1), round(span.high, 1)]
