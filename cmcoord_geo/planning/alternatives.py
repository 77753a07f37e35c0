"""
What a request for an escort is about, side by side: as asked for, then every other way to do it.

Each that drives has its hours, its exposure without and with presence, and what it hangs on; each that does
not has whom to ask. An armed escort is not among them (L043, H16).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import said
from cmcoord_geo.i18n.numbers import said_number
from cmcoord_geo.model import Alternative, Span, TimeSpan
from cmcoord_geo.planning.freshness import credit
from cmcoord_geo.planning.lighter import lighter_convoy
from cmcoord_geo.planning.routes import plain_drives
from cmcoord_geo.risk import exposure_with_presence
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.model import Exposure, Family, MovementPlan, Route
    from cmcoord_geo.planning.another_slot import AnotherSlot
    from cmcoord_geo.planning.options import Options
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.slots import Slot


def alternatives(
    situation: Situation,
    plan: MovementPlan,
    options: Options | None,
    another: AnotherSlot | None = None,
) -> tuple[Alternative, ...]:
    """
    Set the alternatives side by side.

    Parameters
    ----------
    situation : Situation
    plan : MovementPlan
        With its questions and families.
    options : Options or None
        None where no road is open.
    another : AnotherSlot or None
        Of the option kept.
    """
    family = {one.family_id: one for one in plan.families}
    driven: list[Alternative] = []
    if options is not None:
        driven += _roads(situation, plan, options, family["road"])
        if another is not None:
            driven.append(_slot(plan, options.routes[0], another, family["time"]))
        driven.append(_patrol(situation, plan, options, family["patrol"]))
    else:
        ways = tuple(one.question_id for one in plan.questions or () if one.kind == "way")
        driven.append(_asked_for(family["road"], unknown=ways))
    told = (_asked_for(family[key]) for key in ("wait", "people"))
    return (*driven, _asked_for(family["air"]), _programme(situation, family["programme"]), *told)


def _roads(
    situation: Situation, plan: MovementPlan, options: Options, family: Family
) -> Iterator[Alternative]:
    """The option kept as it was asked for, then every other option."""
    kept, *others = options.routes
    yield _driven(situation, plan, kept, family_id="asked")
    reasons = {one.letter: one.reasons for one in plan.set_aside if one.letter}
    for other in others:
        yield _driven(situation, plan, other, told=reasons.get(other.letter, ()))
    if not others:
        ways = tuple(one.question_id for one in plan.questions or () if one.kind == "way")
        yield _asked_for(family, unknown=ways)


def _slot(plan: MovementPlan, kept: Route, another: AnotherSlot, family: Family) -> Alternative:
    """The slot that `depart` offers first, if it does better."""
    slot = another.slot
    if slot is None:
        return replace(_asked_for(family), said=another.more or another.said)
    return Alternative(
        family_id="time",
        letter=kept.letter,
        depart=TimeSpan(earliest=slot.depart, latest=slot.depart),
        place_ids=kept.place_ids,
        drive_h=kept.drive_h,
        days=_days(slot),
        exposure=kept.exposure if slot.exposure is None else slot.exposure,
        with_confirmed=slot.exposure_confirmed,
        with_offered=slot.exposure_with_patrols,
        unpatrolled_km=slot.unpatrolled_km,
        meetings=slot.met,
        said=(*another.said, *another.more),
        unknown=tuple(
            one.question_id for one in plan.questions or () if kept.letter in one.letters
        ),
    )


def _days(slot: Slot) -> Span | None:
    """Calendar days in Bangui from the departure to the arrival."""
    if slot.arrive is None:
        return None
    first, low, high = (
        moment.astimezone(BANGUI).date()
        for moment in (slot.depart, slot.arrive.earliest, slot.arrive.latest)
    )
    return Span(low=(low - first).days + 1, high=(high - first).days + 1)


def _programme(situation: Situation, family: Family) -> Alternative:
    """Smaller loads on lighter vehicles, where those have a road; else the question alone."""
    asked = _asked_for(family)
    found = lighter_convoy(situation)
    if found is None:
        return asked
    route = found.route
    words = said(
        "alternatives.lighter",
        count=found.count,
        vehicle=found.vehicle.name,
        heaviest=found.heaviest.name,
        load=said_number(found.count * found.vehicle.payload_t),
        whole=said_number(found.count * found.heaviest.payload_t),
        trips=found.trips,
        km=f"{route.legs[-1].km.high:.0f}",
    )
    return replace(
        asked,
        depart=situation.request.depart,
        place_ids=route.place_ids,
        drive_h=route.drive_h,
        days=route.days,
        exposure=route.exposure,
        with_confirmed=route.exposure_confirmed,
        with_offered=route.exposure_with_patrols,
        unpatrolled_km=route.unpatrolled_km,
        meetings=len(route.conflicts),
        said=(words, *family.said),
    )


def _patrol(
    situation: Situation, plan: MovementPlan, options: Options, family: Family
) -> Alternative:
    """The option kept as it would be at best: presence reported just before, on every km of it."""
    kept, config = options.routes[0], situation.config
    best = credit(0.0, is_confirmed=True, config=config.patrol)
    drives = tuple(
        drive.with_credit(((0.0, 1.0, best),))
        for drive in plain_drives(situation.passable, options.ways[0])
    )
    at_best: Exposure = exposure_with_presence(
        situation.hazard, drives, kept.exposure, config=config.hazard
    )
    return Alternative(
        family_id="patrol",
        letter=kept.letter,
        place_ids=kept.place_ids,
        drive_h=kept.drive_h,
        days=kept.days,
        exposure=kept.exposure,
        with_confirmed=at_best,
        said=(*family.said, said("alternatives.at_best")),
        unknown=tuple(one.question_id for one in plan.questions or () if one.kind == "patrol"),
        ask=_ask("patrol"),
    )


def _driven(
    situation: Situation,
    plan: MovementPlan,
    route: Route,
    *,
    family_id: str = "road",
    told: tuple[Said, ...] = (),
) -> Alternative:
    return Alternative(
        family_id=family_id,
        letter=route.letter,
        depart=situation.request.depart,
        place_ids=route.place_ids,
        drive_h=route.drive_h,
        days=route.days,
        exposure=route.exposure,
        with_confirmed=route.exposure_confirmed,
        with_offered=route.exposure_with_patrols,
        unpatrolled_km=route.unpatrolled_km,
        meetings=len(route.conflicts),
        said=told,
        unknown=tuple(
            one.question_id for one in plan.questions or () if route.letter in one.letters
        ),
    )


def _asked_for(family: Family, *, unknown: tuple[str, ...] = ()) -> Alternative:
    """What nobody drives here: words, and whom to ask."""
    return Alternative(
        family_id=family.family_id,
        said=family.said,
        unknown=unknown,
        ask=_ask(family.family_id),
    )


def _ask(family_id: str) -> Said:
    return said(f"alternatives.ask_{family_id}")
