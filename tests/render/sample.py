# ruff: noqa: E501 - sentences in two languages, with French typography
"""
An EXERCISE week of views, made by hand on the bundled roads: what pages and pictures are drawn from in tests.

Every movement, patrol, incident, closure and state here is invented. Lengths, surfaces and places are
those of ``data/``; hours follow from the vehicle profiles, so that timetables and Gantt bars are plausible.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from cmcoord_geo import facts
from cmcoord_geo.i18n import Said
from cmcoord_geo.sharing import views as v
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MONDAY = datetime(2026, 11, 30, tzinfo=BANGUI)
AS_OF = datetime(2026, 11, 29, 17, tzinfo=BANGUI)
EXPIRES = datetime(2026, 12, 4, 18, tzinfo=BANGUI)
AUDIENCES = ("owner", "minusca_ops", "public")

#: Exposure class of segments; the rest is 2, tracks without a record are 0.
LOWER = [
    "L001",
    "L002",
    "L010",
    "L012",
    "L020",
    "L021",
    "L022",
    "L023",
    "L024",
    "L025",
    "L030",
    "L031",
    "L032",
    "L034",
    "L035",
    "L040",
    "L041",
]
HIGHER = [
    "L004",
    "L005",
    "L017",
    "L044",
    "L048",
    "L050",
    "L051",
    "L052",
    "L057",
    "L070",
    "L072",
    "L081",
    "L089",
]
HIGHEST = ["L011", "L062", "L080"]
#: Records of explosive ordnance by segment.
ORDNANCE = {"L011": 5, "L014": 3, "L015": 4, "L017": 2, "L064": 2, "L080": 3, "L027": 2}
RATE = {0: 0.0, 1: 0.03, 2: 0.06, 3: 0.12, 4: 0.2}


def at(day: int, hour: float) -> datetime:
    """Moment of the week: day 0 is Monday 30 November 2026, hour in Bangui."""
    return MONDAY + timedelta(days=day, hours=hour)


def window(day: int, start_h: float, end_h: float) -> v.WindowView:
    return v.WindowView(start=at(day, start_h), end=at(day, end_h))


# ---------------------------------------------------------------- public facts


@cache
def roads() -> dict[str, dict[str, str]]:
    """Rows of ``roads.csv`` inside the country, by segment id."""
    abroad = {place.place_id for place in facts.places().values() if place.country != "CAF"}
    table = facts.rows("roads.csv")
    return {row["segment_id"]: row for row in table if not {row["from_id"], row["to_id"]} & abroad}


@cache
def places() -> tuple[v.PlaceView, ...]:
    return tuple(_place(place) for place in facts.places().values())


def _place(place: facts.Place) -> v.PlaceView:
    if place.country != "CAF":
        role = "foreign"
    elif place.kind == "capital":
        role = "capital"
    elif place.has_cell:
        role = "cell"
    elif place.has_contact:
        role = "contact"
    else:
        role = "border" if place.kind == "border_crossing" else "town"
    return v.PlaceView(
        place_id=place.place_id,
        name=place.name,
        alt_names=place.alt_names,
        lon=place.lon,
        lat=place.lat,
        role=role,
        prefecture=place.prefecture_2021,
        airstrip=place.airstrip,
    )


def exposure_class(segment_id: str) -> int:
    for found, listed in ((1, LOWER), (3, HIGHER), (4, HIGHEST)):
        if segment_id in listed:
            return found
    return 0 if roads()[segment_id]["surface"] == "track" else 2


def _segment(segment_id: str, *, shows_exposure: bool) -> v.SegmentView:
    row = roads()[segment_id]
    at_place = facts.places()
    start, end = at_place[row["from_id"]], at_place[row["to_id"]]
    closed = {closure.segment_id: closure.state for closure in closures()}
    number = int(segment_id[1:])
    exposed = exposure_class(segment_id)
    ordnance = ORDNANCE.get(segment_id, 0) if shows_exposure else 0
    return v.SegmentView(
        segment_id=segment_id,
        start=start.place_id,
        end=end.place_id,
        route_ref=row["route_ref"],
        road_class=row["class"],
        surface=row["surface"],
        km=v.RangeView(low=float(row["km_low"]), high=float(row["km_high"])),
        km_mid=float(row["km_est"]),
        line=((start.lon, start.lat), (end.lon, end.lat)),
        is_schematic=True,
        state=closed.get(segment_id, row["status_default_dry"]),
        is_state_reported=segment_id in closed,
        exposure_class=exposed if shows_exposure else None,
        records=exposed * (1 + number % 4) if shows_exposure else 0,
        last_record=at(-number % 60 - 62, 9) if shows_exposure and exposed else None,
        ordnance_records=ordnance,
        ordnance_last=at(-number - 20, 9) if ordnance else None,
    )


@cache
def closures() -> tuple[v.ClosureView, ...]:
    rows = [
        ("R1", "L011", 0.35, "closed", "pont rompu", "broken bridge", -2, at(5, 18)),
        ("R2", "L074", 0.59, "closed", "gué infranchissable", "ford impassable", -3, at(1, 12)),
        (
            "R3",
            "L068",
            0.45,
            "closed",
            "ponts fermés aux camions",
            "bridges closed to trucks",
            -1,
            at(5, 24),
        ),
        (
            "R4",
            "L048",
            0.40,
            "conflicting",
            "deux rapports contraires",
            "two contrary reports",
            -2,
            at(3, 12),
        ),
    ]
    return tuple(
        v.ClosureView(
            mark=mark,
            segment_id=segment_id,
            fraction=fraction,
            state=state,
            said=Said(fr=f"{stretch(segment_id)} : {fr}", en=f"{stretch(segment_id)}: {en}"),
            reported_at=at(day, 15),
            expires_at=expires,
        )
        for mark, segment_id, fraction, state, fr, en, day, expires in rows
    )


def stretch(segment_id: str) -> str:
    row = roads()[segment_id]
    return f"{row['from_name']}–{row['to_name']}"


FERRY_STATES = {"CR01": "out", "CR03": "running", "CR11": "running", "CR02": "out"}


@cache
def crossings() -> tuple[v.CrossingView, ...]:
    found = []
    for row in facts.rows("crossings.csv"):
        lies_on = tuple(s for s in row["segment_ids"].split(";") if s in roads())
        if not lies_on:
            continue
        is_ferry = row["kind"] == "ferry"
        state = FERRY_STATES.get(row["crossing_id"], "unknown")
        found.append(
            v.CrossingView(
                crossing_id=row["crossing_id"],
                kind=row["kind"],
                name=Said(fr=row["name_fr"], en=row["name_en"]),
                segment_ids=lies_on,
                segment_id=lies_on[0],
                fraction=float(row["at_fraction"] or 0.5),
                is_place_known=bool(row["at_fraction"]),
                state=state if is_ferry else "unknown",
                capacity_t=float(row["capacity_t"]) if row["capacity_t"] else None,
                reported_at=at(-3, 10) if state != "unknown" else None,
                expires_at=at(3, 18) if state != "unknown" else None,
            )
        )
    return tuple(found)


# ---------------------------------------------------------------- movements


@dataclass(frozen=True, kw_only=True)
class Trip:
    """What a movement of the week is made from: ``ways`` are place ids along each option, A first."""

    mark: str
    organisation: str
    vehicle_id: str
    vehicles: int
    cargo: str
    depart: v.WindowView
    ways: Sequence[str]
    reasons: Sequence[tuple[str, str]]
    is_kept: bool = True


TRIPS = (
    Trip(
        mark="H1", organisation="ORG-A", vehicle_id="truck_6x6", vehicles=4, cargo="vivres",
        depart=window(0, 5.75, 7), ways=["BGF DAM SBT GRI BBY"],
        reasons=[("seule route praticable", "the only practical road")],
    ),
    Trip(
        mark="H2", organisation="ORG-B", vehicle_id="lv_4x4", vehicles=2, cargo="santé",
        depart=window(1, 5.75, 7.5), ways=["BBY IPP BIV"],
        reasons=[("seule route praticable", "the only practical road")],
    ),
    Trip(
        mark="H3", organisation="ORG-C", vehicle_id="truck_6x6", vehicles=3, cargo="nutrition",
        depart=window(1, 5.75, 7), ways=["BGF DAM SBT DEK KBD", "BGF DAM BCF DEK KBD"],
        reasons=[
            ("latérite, halte de jour possible à Dékoa", "laterite, daylight halt possible at Dékoa"),
            ("Bouca–Dékoa fermée aux camions (R3)", "Bouca–Dékoa closed to trucks (R3)"),
        ],
    ),
    Trip(
        mark="H4", organisation="ORG-D", vehicle_id="truck_6x6", vehicles=4, cargo="abris",
        depart=window(3, 5.75, 7),
        ways=["BGF DAM SBT DEK KBD BTF", "BGF DAM BCF BTF", "BGF DAM SBT DEK BCF BTF", "BGF BOA BSB BSN BCF BTF"],
        reasons=[
            ("latérite jusqu’à Kaga-Bandoro, halte possible de jour à Dékoa", "laterite as far as Kaga-Bandoro, daylight halt possible at Dékoa"),
            ("Damara–Bouca est le pire segment des quatre options, 215 km sans halte", "Damara–Bouca is the worst segment of the four options, 215 km without a halt"),
            ("Bouca–Dékoa fermée aux camions (R3, jusqu’au sam. 5 déc.)", "Bouca–Dékoa closed to trucks (R3, until Sat 5 Dec)"),
            ("la plus longue ; jusqu’à deux jours de plus que B", "the longest; up to two days more than B"),
        ],
    ),
    Trip(
        mark="H5", organisation="ORG-E", vehicle_id="lv_4x4", vehicles=2, cargo="protection",
        depart=window(3, 6, 9), ways=["BOP BOH BOC", "BOP BZM BOC"], is_kept=False,
        reasons=[
            ("engins explosifs signalés ; vérification demandée, sans réponse", "explosive ordnance reported; verification asked, no answer"),
            ("pont rompu Bozoum–Bocaranga (R1)", "broken bridge Bozoum–Bocaranga (R1)"),
        ],
    ),
    Trip(
        mark="H6", organisation="ORG-F", vehicle_id="truck_6x6", vehicles=2, cargo="semences",
        depart=window(2, 5.75, 8), ways=["BGU RFA IMO"], is_kept=False,
        reasons=[("deux bacs d’état inconnu", "two ferries of unknown state")],
    ),
    Trip(
        mark="H7", organisation="ORG-B", vehicle_id="lv_4x4", vehicles=2, cargo="retour",
        depart=window(4, 5.75, 7.5), ways=["BIV IPP BBY"],
        reasons=[("seule route praticable", "the only practical road")],
    ),
    Trip(
        mark="H8", organisation="ORG-A", vehicle_id="truck_6x6", vehicles=3, cargo="vivres",
        depart=window(5, 5.75, 7), ways=["BSN NBG PAO", "BSN BZM PAO"],
        reasons=[
            ("la plus courte, exposition plus faible", "the shortest, lower exposure"),
            ("bac de l’Ouham hors service", "Ouham ferry out of service"),
        ],
    ),
)  # fmt: skip


def _road_between(one: str, other: str) -> tuple[str, bool]:
    for segment_id, row in roads().items():
        if (row["from_id"], row["to_id"]) == (one, other):
            return segment_id, True
        if (row["from_id"], row["to_id"]) == (other, one):
            return segment_id, False
    message = f"no road {one} {other}"
    raise LookupError(message)


def _timetable(
    depart: datetime, ways: Sequence[tuple[str, bool]], vehicle: facts.Vehicle, *, factor: float
) -> tuple[tuple[datetime, float], ...]:
    """Moments and km along an option: halts where the next town would be reached after 17:15."""
    moment, km = depart, 0.0
    table = [(moment, km)]
    for segment_id, _ in ways:
        row = roads()[segment_id]
        speed = max(vehicle.kmh[row["surface"], "dry"], 8.0) * factor
        drive = timedelta(hours=float(row["km_est"]) / speed)
        dusk = moment.replace(hour=17, minute=15, second=0)
        if moment + drive > dusk and moment.hour > 8:
            moment = (moment + timedelta(days=1)).replace(hour=5, minute=45, second=0)
            table.append((moment, km))
        moment, km = (
            moment + timedelta(seconds=round(drive.total_seconds())),
            km + float(row["km_est"]),
        )
        table.append((moment, km))
    return tuple(table)


def _when(table: Sequence[tuple[datetime, float]], km: float, *, last: bool) -> datetime:
    """First or last moment at a km of a timetable."""
    found = [moment for moment, reached in table if reached == km]
    return found[-1] if last else found[0]


def _halts(
    table: Sequence[tuple[datetime, float]], via: Sequence[str], kms: Sequence[float]
) -> list[str]:
    nights = [km for (_, km), (_, again) in itertools.pairwise(table) if km == again]
    return [via[kms.index(km)] for km in nights]


def _option(trip: Trip, number: int) -> v.OptionView:
    via = trip.ways[number].split()
    ways = [_road_between(a, b) for a, b in itertools.pairwise(via)]
    vehicle = facts.vehicles()[trip.vehicle_id]
    fast = _timetable(trip.depart.start, ways, vehicle, factor=1.15)
    slow = _timetable(trip.depart.end, ways, vehicle, factor=0.75)
    length = [float(roads()[s]["km_est"]) for s, _ in ways]
    kms = [sum(length[:i]) for i in range(len(length) + 1)]
    legs = tuple(
        v.LegView(
            segment_id=segment_id,
            is_forward=forward,
            km=v.RangeView(low=kms[i], high=kms[i + 1]),
            window=v.WindowView(
                start=_when(fast, kms[i], last=True), end=_when(slow, kms[i + 1], last=False)
            ),
        )
        for i, (segment_id, forward) in enumerate(ways)
    )
    classes = [exposure_class(s) for s, _ in ways]
    raw = sum(RATE[c] * km for c, km in zip(classes, length, strict=True))
    cover = _cover(legs, trip.depart.start)
    credit = sum(RATE[2] * (c.km.high - c.km.low) * 0.5 for c in cover)
    informed = sum(km for c, km in zip(classes, length, strict=True) if c) / kms[-1]
    worst = max(range(len(legs)), key=lambda i: (classes[i], length[i]))
    ordnance = [s for s, _ in ways if s in ORDNANCE]
    halts = _halts(slow, via, kms)
    kept = trip.is_kept and number == 0
    names = facts.places()
    hours = [sum(km / max(vehicle.kmh[roads()[s]["surface"], "dry"], 8) for (s, _), km in zip(ways, length, strict=True)) / f for f in (1.15, 0.75)]  # fmt: skip
    return v.OptionView(
        letter="ABCD"[number],
        decision="kept" if kept else "set_aside",
        reasons=(Said(*trip.reasons[number]),),
        via=tuple(via),
        legs=legs,
        length_km=v.RangeView(
            low=sum(float(roads()[s]["km_low"]) for s, _ in ways),
            high=sum(float(roads()[s]["km_high"]) for s, _ in ways),
        ),
        drive_h=v.RangeView(low=round(hours[0]), high=round(hours[1] + 0.5)),
        days=v.RangeView(
            low=(fast[-1][0].date() - fast[0][0].date()).days + 1,
            high=(slow[-1][0].date() - slow[0][0].date()).days + 1,
        ),
        halts=tuple(
            Said(fr=f"halte : {names[p].name}", en=f"halt: {names[p].name}") for p in halts
        ),
        halt_places=tuple(halts),
        exposure=_band(raw, max(classes), informed),
        exposure_with_patrols=_band(raw - credit, max(classes), informed),
        unpatrolled_km=round(kms[-1] - sum(c.km.high - c.km.low for c in cover)),
        worst_segment=legs[worst].segment_id,
        worst_class=classes[worst],
        profile=tuple(
            v.ProfileView(km=leg.km, exposure_class=c) for leg, c in zip(legs, classes, strict=True)
        ),
        cover=cover,
        passages=_passages(legs),
        ordnance_records=sum(ORDNANCE[s] for s in ordnance),
        ordnance_km=round(sum(float(roads()[s]["km_est"]) for s in ordnance) * 0.6),
        warnings=_warnings(trip, legs),
        fast=fast,
        slow=slow,
    )


def _band(raw: float, worst: int, informed: float) -> v.ExposureView:
    return v.ExposureView(
        low=round(raw * 0.6),
        high=round(raw * 1.5) + 1,
        exposure_class=worst,
        informed_percent=round(100 * informed),
    )


def _cover(legs: Iterable[v.LegView], depart: datetime) -> tuple[v.CoverView, ...]:
    found = []
    for patrol in patrols():
        for leg in legs:
            for segment_id, low, high in patrol.stretches:
                if segment_id != leg.segment_id or patrol.window is None:
                    continue
                if not -48 < (depart - patrol.window.start).total_seconds() / 3600 < 48:
                    continue
                length = leg.km.high - leg.km.low
                if not leg.is_forward:
                    low, high = 1 - high, 1 - low  # noqa: PLW2901 - the same stretch, seen from the other end
                found.append(
                    v.CoverView(
                        patrol_id=patrol.mark,
                        km=v.RangeView(
                            low=leg.km.low + low * length, high=leg.km.low + high * length
                        ),
                        age_h=v.RangeView(low=2, high=14),
                        is_confirmed=patrol.state == "confirmed",
                    )
                )
    return tuple(found)


def _passages(legs: Iterable[v.LegView]) -> tuple[v.PassageView, ...]:
    found = []
    for leg in legs:
        for crossing in crossings():
            if leg.segment_id not in crossing.segment_ids or crossing.kind not in (
                "ferry",
                "ford",
                "bridge",
            ):
                continue
            words = {
                "running": Said(
                    fr="en service, rapport de 3 jours", en="running, report 3 days old"
                ),
                "out": Said(
                    fr="hors service, rapport de 3 jours", en="out of service, report 3 days old"
                ),
            }.get(
                crossing.state,
                Said(fr="état inconnu, aucun rapport", en="state unknown, no report"),
            )
            share = crossing.fraction if leg.is_forward else 1 - crossing.fraction
            found.append(
                v.PassageView(
                    crossing_id=crossing.crossing_id,
                    kind=crossing.kind,
                    name=crossing.name,
                    km=round(leg.km.low + share * (leg.km.high - leg.km.low)),
                    state=crossing.state,
                    said=words,
                    is_flagged=crossing.capacity_t is None and crossing.kind == "ferry",
                )
            )
    return tuple(found)


def _warnings(trip: Trip, legs: Iterable[v.LegView]) -> tuple[Said, ...]:
    cut = {closure.segment_id: closure for closure in closures()}
    found = [
        Said(
            fr=f"{cut[leg.segment_id].mark} sur le trajet : {cut[leg.segment_id].said.fr}",
            en=f"{cut[leg.segment_id].mark} on the way: {cut[leg.segment_id].said.en}",
        )
        for leg in legs
        if leg.segment_id in cut
    ]
    if trip.vehicle_id == "truck_6x6":
        found.append(
            Said(
                fr="capacité inconnue sur ce trajet : convoi de 20 t",
                en="capacity unknown on this trip: 20 t convoy",
            )
        )
    return tuple(found)


FAMILIES = (
    ("other_time", "Autre jour, autre heure", "Another day or hour", "known",
     "mar. 1 déc. 05:45 : même route, patrouille P1 passée la veille", "Tue 1 Dec 05:45: same road, patrol P1 passed the day before"),
    ("patrol_window", "Fenêtre d’une patrouille", "A patrol’s window", "known",
     "passer après la fin d’une fenêtre proposée, jamais pendant", "pass after an offered window has ended, never during it"),
    ("airstrip", "Piste d’aviation la plus proche", "Nearest airstrip", "known",
     "piste à l’arrivée ; état non connu ici", "airstrip at the destination; its state is not known here"),
    ("waiting", "Attendre", "Waiting", "open",
     "prochain point de situation jeudi", "next update on Thursday"),
    ("people", "Ce que seules des personnes savent", "What only people can answer", "open",
     "acceptation locale, accord de passage, besoin réel", "local acceptance, agreement on passage, real need"),
)  # fmt: skip


@cache
def movements() -> tuple[v.MovementView, ...]:
    return tuple(_movement(number, trip) for number, trip in enumerate(TRIPS))


def _movement(number: int, trip: Trip) -> v.MovementView:
    options = tuple(_option(trip, i) for i in range(len(trip.ways)))
    vehicle = facts.vehicles()[trip.vehicle_id]
    cuts = ()
    if len(options) == 1:
        last = options[0].legs[-1].segment_id
        cuts = (
            v.CutView(
                segment_ids=(last,),
                said=Said(
                    fr=f"Une seule route : sans {stretch(last)}, le détour est plus de quatre fois plus long.",
                    en=f"One road only: without {stretch(last)} the detour is more than four times longer.",
                ),
            ),
        )
    return v.MovementView(
        mark=trip.mark,
        movement_id=f"mv-{number + 1:03d}",
        organisation=trip.organisation,
        origin=options[0].via[0],
        destination=options[0].via[-1],
        depart=trip.depart,
        vehicles=Said(
            fr=f"{trip.vehicles} × {vehicle.name.fr.lower()}",
            en=f"{trip.vehicles} × {vehicle.name.en.split(' (')[0].lower()}",
        ),
        persons=trip.vehicles * 2 + 1,
        cargo=trip.cargo,
        purpose="distribution",
        marking="marked",
        trip="one_way",
        season=Said(fr="saison sèche", en="dry season"),
        options=options,
        exact_routes=3 * len(options) + 2,
        is_one_road=len(options) == 1,
        cuts=cuts,
        families=tuple(
            v.FamilyView(
                family_id=family_id,
                name=Said(fr=fr, en=en),
                finding=finding,
                said=(Said(fr=said_fr, en=said_en),),
            )
            for family_id, fr, en, finding, said_fr, said_en in FAMILIES
        ),
        findings=(),
        refusal=None,
    )


# ---------------------------------------------------------------- patrols, conflicts, corridors, incidents


@cache
def patrols() -> tuple[v.PatrolView, ...]:
    rows = [
        ("P1", [("L042", 0.0, 1.0)], window(0, 12, 18), "offered"),
        ("P2", [("L070", 0.1, 0.95)], window(2, 6, 12), "offered"),
        ("P3", [("L080", 0.1, 0.6)], window(1, 6, 12), "offered"),
        ("P4", [("L081", 0.2, 0.95)], window(1, 9, 15), "offered"),
        ("P5", [("L063", 0.05, 1.0)], window(4, 6, 12), "offered"),
        ("P6", [("L049", 0.3, 1.0)], window(-1, 6, 12), "confirmed"),
    ]
    return tuple(
        v.PatrolView(
            mark=mark,
            patrol_id=f"pt-{i:03d}",
            stretches=tuple(stretches),
            window=when,
            state=state,
            passed_at=when.end if state == "confirmed" else None,
            provider=Said(fr="force de la mission", en="mission force"),
            composition=Said(fr="patrouille mixte", en="mixed patrol"),
        )
        for i, (mark, stretches, when, state) in enumerate(rows, 1)
    )


@cache
def conflicts() -> tuple[v.ConflictView, ...]:
    rows = [("X1", "H1", "P1"), ("X2", "H2", "P3"), ("X3", "H2", "P4"), ("X4", "H3", "P2")]
    return tuple(_conflict(*row) for row in rows)


def _conflict(mark: str, movement_mark: str, patrol_mark: str) -> v.ConflictView:
    movement = next(m for m in movements() if m.mark == movement_mark)
    patrol = next(p for p in patrols() if p.mark == patrol_mark)
    segment_id, low, high = patrol.stretches[0]
    leg = next(leg for leg in movement.options[0].legs if leg.segment_id == segment_id)
    assert patrol.window is not None
    start = max(leg.window.start, patrol.window.start)
    end = max(min(leg.window.end, patrol.window.end), start + timedelta(hours=1))
    return v.ConflictView(
        mark=mark,
        answer="conflict",
        movement=movement_mark,
        patrol=patrol_mark,
        segment_id=segment_id,
        fraction=v.RangeView(low=low, high=high),
        window=v.WindowView(start=start, end=end),
        said=Said(
            fr=f"Faire passer {movement_mark} après la fin de {patrol_mark}, ou demander une autre fenêtre pour {patrol_mark}.",
            en=f"Let {movement_mark} pass after {patrol_mark} has ended, or ask for another window for {patrol_mark}.",
        ),
    )


@cache
def corridors() -> tuple[v.CorridorView, ...]:
    rows = [
        ("C1", [("L042", 10, 106)], window(0, 9, 15)),
        ("C2", [("L080", 10, 68)], window(1, 6, 12)),
        ("C3", [("L070", 0, 85), ("L071", 0, 40)], window(2, 6, 12)),
        ("C4", [("L063", 0, 100)], window(4, 6, 18)),
        ("C5", [("L014", 16, 72)], window(3, 6, 12)),
    ]
    return tuple(
        v.CorridorView(
            mark=mark,
            corridor_id=f"c-{i:02d}e7",
            stretches=tuple(
                v.CorridorStretchView(
                    segment_id=segment_id, km=v.RangeView(low=low, high=high), window=when
                )
                for segment_id, low, high in parts
            ),
        )
        for i, (mark, parts, when) in enumerate(rows, 1)
    )


@cache
def incidents() -> tuple[v.IncidentView, ...]:
    classes = facts.incident_classes()
    found = []
    for segment_id in roads():
        line = _segment(segment_id, shows_exposure=True)
        kinds = ["robbery", "ambush", "checkpoint", "clash"] * 3
        kinds = kinds[: line.records // 2] + ["ordnance"] * line.ordnance_records
        (lon, lat), (lon2, lat2) = line.line
        for i, kind in enumerate(kinds):
            share = (i + 1) / (len(kinds) + 1)
            found.append(
                v.IncidentView(
                    incident_id=f"ex-{segment_id}-{i}",
                    class_id=kind,
                    letter=classes[kind].letter,
                    class_name=classes[kind].name,
                    lon=round(lon + share * (lon2 - lon), 4),
                    lat=round(lat + share * (lat2 - lat), 4),
                    day=at(-5 - (7 * i + int(segment_id[1:])) % 80, 0),
                    is_precise=i % 3 > 0,
                    is_ordnance=kind == "ordnance",
                    place=roads()[segment_id]["from_name"],
                    source="EXERCISE",
                )
            )
    return tuple(found)


# ---------------------------------------------------------------- the product


def _sun() -> tuple[tuple[str, datetime, datetime, datetime], ...]:
    return tuple(
        (place_id, at(day, 0), at(day, 0) + rise, at(day, 0) + set_)
        for day in range(7)
        for place_id, rise, set_ in (
            ("BOP", timedelta(hours=6, minutes=2), timedelta(hours=17, minutes=50)),
            ("OBO", timedelta(hours=5, minutes=18), timedelta(hours=17, minutes=6)),
        )
    )


def frame(audience: str) -> v.FrameView:
    titles = {
        "owner": ("Mouvements humanitaires prévus et fenêtres de patrouille", "Planned humanitarian movements and patrol windows"),
        "minusca_ops": ("Couloirs de patrouille demandés et fenêtres proposées", "Requested patrol corridors and offered windows"),
        "public": ("Routes et franchissements de la République centrafricaine", "Roads and crossings of the Central African Republic"),
    }  # fmt: skip
    names = {
        "owner": ("Côté humanitaire seul", "Humanitarian side only", "cellules CMCoord", "CMCoord cells"),
        "minusca_ops": ("Opérations MINUSCA", "MINUSCA operations", "G3, U3, U35, UNPOL", "G3, U3, U35, UNPOL"),
        "public": ("Public", "Public", "sans mouvement ni patrouille", "no movement, no patrol"),
    }  # fmt: skip
    name_fr, name_en, note_fr, note_en = names[audience]
    return v.FrameView(
        title=Said(*titles[audience]),
        subtitle=Said(
            fr="République centrafricaine · semaine du lun. 30 nov. au dim. 6 déc. 2026",
            en="Central African Republic · week of Mon 30 Nov to Sun 6 Dec 2026",
        ),
        audience=audience,
        audience_name=Said(fr=name_fr, en=name_en),
        audience_note=Said(fr=note_fr, en=note_en),
        as_of=AS_OF,
        expires_at=EXPIRES,
        week=v.WindowView(start=MONDAY, end=at(7, 0)),
        sun=_sun(),
        is_exercise=True,
        is_schematic=True,
        disclaimer=Said(
            fr="Une notification n’est ni une protection ni une autorisation de passage. Les autres acteurs armés ne sont pas notifiés. Les limites et noms n’impliquent aucune reconnaissance officielle.",
            en="Notification is not protection; not a clearance. Other armed actors are not notified. Boundaries and names do not imply endorsement.",
        ),
        sources=(
            v.SourceView(name="Natural Earth", licence="public domain", said=Said(fr="pays, fleuves", en="countries, rivers")),
            v.SourceView(name="GeoNames", licence="CC BY 4.0", said=Said(fr="localités", en="places")),
            v.SourceView(name="cmcoord-geo", licence="Apache-2.0", said=Said(fr="liaisons schématiques, nov. 2026 ; semaine inventée pour l’exercice", en="schematic links, Nov 2026; week invented for the exercise")),
        ),
        prefectures_note=Said(fr="17 préfectures d’avant 2021", en="17 prefectures of before 2021"),
    )  # fmt: skip


def product(audience: str = "owner") -> v.ProductView:
    """The EXERCISE week for an audience: owner, minusca_ops or public."""
    is_owner = audience == "owner"
    common = {
        "frame": frame(audience),
        "places": places(),
        "segments": tuple(_segment(s, shows_exposure=is_owner) for s in roads()),
        "closures": closures(),
        "crossings": crossings(),
    }
    if is_owner:
        return v.ProductView(
            **common,
            movements=movements(),
            patrols=patrols(),
            conflicts=conflicts(),
            incidents=incidents(),
            ordnance_said=Said(fr="ne décroît pas avec le temps", en="does not fade with time"),
            incidents_said=Said(fr="sept.–nov. 2026, inventés", en="Sept–Nov 2026, invented"),
            data_notes=(
                Said(
                    fr="patrols.csv : 1 ligne refusée",
                    en="patrols.csv: 1 row refused",
                ),
            ),
        )
    if audience == "minusca_ops":
        return v.ProductView(**common, patrols=patrols(), corridors=corridors())
    counts = [("Ouaka", 14), ("Ouham", 9), ("Haute-Kotto", 7)]
    return v.ProductView(
        **common,
        incident_counts=tuple(v.AreaCountView(area=a, count=n) for a, n in counts),
        movement_counts=tuple(v.AreaCountView(area=a, count=2 * n) for a, n in counts),
    )
