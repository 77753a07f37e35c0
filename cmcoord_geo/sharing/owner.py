"""Views of the owner's own records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cmcoord_geo.facts import incident_classes, places, vehicles
from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.sharing.alternatives import alternative_views, question_views
from cmcoord_geo.sharing.bands import exposure_view, range_view, window_view
from cmcoord_geo.sharing.doubt import class_views, compared_view, sensitivity_view
from cmcoord_geo.sharing.figures import figures_view
from cmcoord_geo.sharing.views import (
    CoverView,
    CutView,
    FamilyView,
    IncidentView,
    LegView,
    MovementView,
    OptionView,
    PassageView,
    ProfileView,
    RateView,
    WindowView,
)

if TYPE_CHECKING:
    from cmcoord_geo.model import (
        CutRoad,
        Family,
        Halt,
        JointCut,
        Passage,
        RatedStretch,
        Route,
        SetAside,
        VehicleCount,
    )

#: Precision up to which a record is drawn as a point (UCDP where_prec, ACLED geo_precision).
_PRECISE = 1
_RATE_DECIMALS = 3


def movement_view(fields: Mapping[str, Any]) -> MovementView:
    """View of a movement from its released fields."""
    options: tuple[Route, ...] = fields["options"]
    aside: dict[str, SetAside] = {
        entry.letter: entry for entry in fields["set_aside"] if entry.letter
    }
    closed = tuple(_closed_way(way) for way in fields["set_aside"] if not way.letter)
    return MovementView(
        mark="",
        movement_id=fields["movement_id"],
        organisation=fields["organisation"],
        origin=fields["origin"],
        destination=fields["destination"],
        depart=window_view(fields["depart"]),
        vehicles=_vehicles(fields["vehicles"]),
        persons=fields["persons"],
        cargo=fields["cargo"],
        purpose=fields["purpose"],
        marking=fields["marking"],
        trip={True: "return", False: "one_way", None: "unsaid"}[fields["is_return"]],
        season=said(f"season.{fields['season']}"),
        options=tuple(
            replace(
                _option(option, aside.get(option.letter), fields["kept_because"]),
                compared=compared_view(option, options=len(options)),
                figures=figures_view(option, options=len(options), has_stops=bool(fields["via"])),
            )
            for option in options
        ),
        exact_routes=fields["exact_routes"],
        is_one_road=len(options) == 1 and fields["tried"] is not None,
        cuts=(*map(_cut, fields["cuts"]), *map(_joint_cut, fields["joint_cuts"])),
        families=tuple(_family(family) for family in fields["families"]),
        findings=(*(finding.said for finding in fields["findings"]), *closed),
        closed_ways=closed,
        refusal=fields["refusal"],
        sensitivity=sensitivity_view(fields["sensitivity"]),
        via=tuple(point.place_id for point in fields["via"]),
        conditions=fields["conditions"],
        is_kept_out=fields["is_kept_out"],
        tried=fields["tried"],
        questions=question_views(fields["questions"]),
        untried_questions=fields["untried_questions"],
        alternatives=alternative_views(fields["alternatives"], fields["questions"]),
    )


def incident_view(fields: Mapping[str, Any]) -> IncidentView:
    """View of an incident from its released fields."""
    entry = incident_classes()[fields["class_id"]]
    return IncidentView(
        incident_id=fields["incident_id"],
        class_id=entry.class_id,
        letter=entry.letter,
        class_name=entry.name,
        lon=fields["lon"],
        lat=fields["lat"],
        day=fields["at"],
        is_precise=fields["precision"] <= _PRECISE,
        is_ordnance=entry.is_ordnance,
        place=fields["place"],
        source=fields["source_id"],
    )


def _vehicles(counts: Iterable[VehicleCount]) -> Said:
    words = [(entry.count, vehicles()[entry.vehicle_id].name) for entry in counts]
    return Said(
        fr=" + ".join(f"{count} × {name.fr}" for count, name in words),
        en=" + ".join(f"{count} × {name.en}" for count, name in words),
    )


def _option(route: Route, aside: SetAside | None, kept_because: tuple[Said, ...]) -> OptionView:
    return OptionView(
        letter=route.letter,
        decision="set_aside" if aside else "kept",
        reasons=aside.reasons if aside else kept_because,
        via=route.place_ids,
        legs=tuple(
            LegView(
                segment_id=leg.segment_id,
                is_forward=leg.is_forward,
                km=range_view(leg.km),
                window=WindowView(start=leg.enter.earliest, end=leg.leave.latest),
            )
            for leg in route.legs
        ),
        length_km=range_view(route.length_km),
        drive_h=range_view(route.drive_h),
        days=range_view(route.days),
        halts=tuple(_nights(route.halts)),
        halt_places=tuple(dict.fromkeys(halt.place_id for halt in route.halts if halt.place_id)),
        exposure=exposure_view(route.exposure),
        exposure_with_patrols=exposure_view(route.exposure_with_patrols),
        exposure_confirmed=exposure_view(route.exposure_confirmed),
        exposure_unpatrolled=exposure_view(route.exposure_unpatrolled),
        unpatrolled_km=round(route.unpatrolled_km),
        offered_km=round(route.offered_km),
        worst_segment=route.worst_segment,
        worst_class=route.worst_class,
        profile=tuple(
            ProfileView(km=range_view(part.km), exposure_class=part.exposure_class)
            for part in route.profile
        ),
        cover=tuple(
            CoverView(
                patrol_id=cover.patrol_id,
                km=range_view(cover.km),
                age_h=range_view(cover.age_h),
                is_confirmed=cover.is_confirmed,
            )
            for cover in route.coverage
        ),
        passages=tuple(_passage(passage) for passage in route.passages),
        ordnance_records=route.ordnance_records,
        ordnance_km=round(route.ordnance_km),
        has_ordnance_source=route.has_ordnance_source,
        assumed=route.assumed,
        warnings=route.warnings,
        rates=tuple(map(_rate, route.rates)),
        fast=tuple(zip(route.fast.times, route.fast.km, strict=True)),
        slow=tuple(zip(route.slow.times, route.slow.km, strict=True)),
        classes=class_views(route),
    )


def _rate(part: RatedStretch) -> RateView:
    low, mean, high = (
        None if figure is None else round(figure, _RATE_DECIMALS)
        for figure in (part.low, part.mean, part.high)
    )
    return RateView(
        km=range_view(part.km), exposure_class=part.exposure_class, low=low, mean=mean, high=high
    )


def _nights(halts: Sequence[Halt]) -> Iterator[Said]:
    """Nights of each pace in their order, apart; once where both have the same."""
    at = {
        pace: sorted(
            (one for one in halts if one.pace in {pace, "both"}), key=lambda one: one.night
        )
        for pace in ("fast", "slow")
    }
    if not at["slow"]:
        return
    if at["fast"] == at["slow"]:
        yield said("halt.both", nights=join(map(_halt, at["slow"])))
        return
    if at["fast"]:
        yield said("halt.fast", nights=join(map(_halt, at["fast"])))
    else:
        yield said("halt.fast_none")
    yield said("halt.slow", nights=join(map(_halt, at["slow"])))


def _halt(halt: Halt) -> Said:
    key = "halt.place" if halt.place_id else "halt.between"
    return said(key, where=_name(halt.place_id), km=f"{halt.km:.0f}")


def _passage(passage: Passage) -> PassageView:
    where = "passage.at" if passage.is_place_known else "passage.about"
    state = said(f"passage.{passage.kind}_{passage.state}")
    if passage.reported_at is None:
        age = said("passage.no_report")
    else:
        key = "passage.stale" if passage.is_stale else "passage.reported"
        age = said(key, day=said_date(passage.reported_at))
    return PassageView(
        crossing_id=passage.crossing_id,
        kind=passage.kind,
        name=passage.name,
        km=passage.km,
        state=passage.state,
        said=said(where, name=passage.name, km=f"{passage.km:.0f}", state=state, age=age),
        is_flagged=passage.is_capacity_flagged,
        reported_at=passage.reported_at,
    )


def _cut(cut: CutRoad) -> CutView:
    a, b = cut.from_place, cut.to_place
    if cut.detour_km is None or cut.detour_h is None:
        text = said("cut.none", a=a, b=b)
    else:
        text = said(
            "cut.detour",
            a=a,
            b=b,
            km=f"{cut.detour_km:.0f}",
            low=f"{cut.detour_h.low:.0f}",
            high=f"{cut.detour_h.high:.0f}",
        )
    return CutView(segment_ids=cut.segment_ids, said=_against_limits(cut, text))


def _joint_cut(cut: JointCut) -> CutView:
    kind = "crossing" if cut.is_crossing else f"roads_{len(cut.names)}"
    names = {"names": join(cut.names, " + ")}
    if cut.detour_km is None or cut.detour_h is None:
        text = said(f"joint.{kind}_none", **names)
    else:
        text = said(
            f"joint.{kind}_detour",
            **names,
            km=f"{cut.detour_km:.0f}",
            low=f"{cut.detour_h.low:.0f}",
            high=f"{cut.detour_h.high:.0f}",
        )
    return CutView(segment_ids=cut.segment_ids, said=_against_limits(cut, text))


def _against_limits(cut: CutRoad | JointCut, text: Said) -> Said:
    return said("cut.beyond_limits", cut=text) if cut.is_beyond_limits else text


def _family(family: Family) -> FamilyView:
    return FamilyView(
        family_id=family.family_id,
        name=said(f"family.{family.family_id}_name"),
        finding=family.finding,
        said=family.said,
    )


def _closed_way(way: SetAside) -> Said:
    via = ", ".join(map(_name, way.place_ids[1:-1]))
    reasons = join(way.reasons, "; ")
    return said("aside.way" if via else "aside.direct_way", via=via, reasons=reasons)


def _name(place_id: str) -> str:
    """Name of a place; the id of a junction that the gazetteer does not know."""
    return places()[place_id].name if place_id in places() else place_id
