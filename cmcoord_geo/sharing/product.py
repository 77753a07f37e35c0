"""One product for one audience: everything that leaves went through the gate, the rest is public fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from cmcoord_geo.facts import incident_classes, places
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.planning import is_confirmed
from cmcoord_geo.risk import hazard
from cmcoord_geo.sharing.audience import Audience, Withheld
from cmcoord_geo.sharing.corridors import bundle_corridors
from cmcoord_geo.sharing.counts import suppressed_counts
from cmcoord_geo.sharing.frame import frame_view
from cmcoord_geo.sharing.gate import View, project
from cmcoord_geo.sharing.records import (
    Record,
    incident_record,
    movement_record,
    patrol_record,
    status_record,
)
from cmcoord_geo.sharing.roads import (
    closure_views,
    crossing_views,
    known_roads,
    place_views,
    segment_views,
)
from cmcoord_geo.sharing.views import (
    AreaCountView,
    ConflictView,
    CorridorView,
    IncidentView,
    MovementView,
    PatrolView,
    ProductView,
    RangeView,
    WindowView,
)
from cmcoord_geo.units import utc_seconds

if TYPE_CHECKING:
    from cmcoord_geo.config import Config
    from cmcoord_geo.model import Conflict, MovementPlan
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.risk import Hazard
    from cmcoord_geo.sharing.released import PatrolRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """
    A product and what was kept back.

    Attributes
    ----------
    product : ProductView
    withheld : mapping
        (kind of record, reason) to count. For the desk that releases, never for the audience: that a record
        exists may itself be sensitive.
    """

    product: ProductView
    withheld: Mapping[tuple[str, str], int]


def build_product(
    picture: OperationalPicture,
    plans: Sequence[MovementPlan],
    audience: Audience,
    config: Config,
    *,
    purpose: str = "map",
) -> Release:
    """
    Product of a picture and its plans for one audience.

    Parameters
    ----------
    picture : OperationalPicture
    plans : sequence of MovementPlan
    audience : Audience
    config : Config
    purpose : str

    Raises
    ------
    SharingError
        The table of field x audience has a gap.
    """
    return _Desk(picture, plans, audience, config, purpose).release()


class _Desk:
    """Takes records to the gate and joins what comes out."""

    def __init__(
        self,
        picture: OperationalPicture,
        plans: Sequence[MovementPlan],
        audience: Audience,
        config: Config,
        purpose: str,
    ) -> None:
        self._picture = picture
        self._plans = sorted(
            plans,
            key=lambda plan: (plan.request.depart.earliest, plan.request.movement_id),
        )
        self._config = config
        self._purpose = purpose
        self._audience = replace(audience, segments=self._own_segments(audience))
        self._withheld: Counter[tuple[str, str]] = Counter()

    def release(self) -> Release:
        picture, config, kind = self._picture, self._config, self._audience.kind
        is_owner = kind == "owner"
        danger = self._hazard() if is_owner else None
        known = known_roads(
            picture.network,
            self._pass(status_record(report) for report in picture.status),
            as_of=picture.as_of,
            config=config,
        )
        movements = self._movements() if is_owner else ()
        patrols = self._patrols()
        corridors = self._corridors() if kind == "minusca_ops" else ()
        shown = [part.window for corridor in corridors for part in corridor.stretches]
        shown += [patrol.window for patrol in patrols if patrol.window]
        shown += [
            WindowView(start=option.fast[0][0], end=option.slow[-1][0])
            for movement in movements
            for option in movement.options[:1]
        ]
        product = ProductView(
            frame=frame_view(picture, self._audience, shown=shown, config=config.sharing),
            places=place_views(picture.network),
            segments=segment_views(
                picture.network,
                known,
                as_of=picture.as_of,
                hazard=danger,
                incidents=picture.incidents,
                config=config,
            ),
            closures=closure_views(picture.network, known),
            crossings=crossing_views(picture.network, known),
            movements=movements,
            patrols=patrols,
            conflicts=self._conflicts(movements, patrols) if is_owner else (),
            corridors=corridors,
            incidents=self._incidents() if is_owner else (),
            ordnance_said=self._ordnance_said(danger) if danger else None,
            incidents_said=self._incidents_said(danger) if danger else None,
            incident_counts=self._incident_counts() if kind == "public" else (),
            movement_counts=self._movement_counts() if kind == "public" else (),
        )
        return Release(product=product, withheld=dict(self._withheld))

    def _own_segments(self, audience: Audience) -> frozenset[str]:
        """Segments of the options of the owner's own movements."""
        return frozenset(
            leg.segment_id
            for plan in self._plans
            if audience.organisation in {"", plan.request.organisation}
            for option in plan.options
            for leg in option.legs
        )

    def _pass(self, records: Iterable[Record]) -> list[View]:
        """Views of records that the gate lets through; the others are counted."""
        found = []
        for record in records:
            view = self._project(record)
            if view is not None:
                found.append(view)
        return found

    def _project(self, record: Record) -> View | None:
        view = project(
            record,
            self._audience,
            self._purpose,
            self._picture.consents,
            self._picture.as_of,
            config=self._config.sharing,
        )
        if isinstance(view, Withheld):
            self._withheld[record.kind, view.reason] += 1
            return None
        return view

    def _movements(self) -> tuple[MovementView, ...]:
        views = self._pass(movement_record(plan) for plan in self._plans)
        return tuple(replace(view, mark=f"H{i}") for i, view in enumerate(views, start=1))

    def _corridors(self) -> tuple[CorridorView, ...]:
        requests = [
            (plan.request.organisation, view)
            for plan in self._plans
            if (view := self._project(movement_record(plan))) is not None
        ]
        return bundle_corridors(self._picture.network, requests, config=self._config.sharing)

    def _patrols(self) -> tuple[PatrolView, ...]:
        patrols = self._picture.patrols
        rows: list[tuple[PatrolRow, bool]] = []
        for row in range(len(patrols)):
            view = self._project(patrol_record(patrols, row))
            if view is not None:
                confirmed = is_confirmed(
                    patrols, row, as_of=self._picture.as_of, config=self._config.patrol
                )
                rows.append((view, confirmed))
        grouped = groupby(
            rows, key=lambda item: (item[0].patrol_id, item[0].start, item[0].end, item[1])
        )
        return tuple(
            _patrol_view([view for view, _ in group], f"P{i}", is_confirmed=key[3])
            for i, (key, group) in enumerate(grouped, start=1)
        )

    def _conflicts(
        self, movements: Sequence[MovementView], patrols: Sequence[PatrolView]
    ) -> tuple[ConflictView, ...]:
        """Meetings of the option kept with patrols that the owner may see."""
        marks = {view.movement_id: view.mark for view in movements}
        shown = {view.patrol_id: view.mark for view in patrols}
        found = [
            conflict
            for plan in self._plans
            for option in plan.options[:1]
            for conflict in option.conflicts
            if plan.request.movement_id in marks and conflict.patrol_id in shown
        ]
        found.sort(key=lambda conflict: (conflict.window.earliest, conflict.conflict_id))
        return tuple(
            self._conflict(conflict, f"X{i}", marks, shown)
            for i, conflict in enumerate(found, start=1)
        )

    def _conflict(
        self, conflict: Conflict, mark: str, marks: Mapping[str, str], shown: Mapping[str, str]
    ) -> ConflictView:
        network = self._picture.network
        movement, patrol = marks[conflict.movement_id], shown[conflict.patrol_id]
        title = network.title(network.segment_index[conflict.segment_id])
        key = "conflict.known" if conflict.answer == "conflict" else "conflict.unknown"
        return ConflictView(
            mark=mark,
            answer=conflict.answer,
            movement=movement,
            patrol=patrol,
            segment_id=conflict.segment_id,
            fraction=RangeView(low=conflict.fraction.low, high=conflict.fraction.high),
            window=WindowView(start=conflict.window.earliest, end=conflict.window.latest),
            said=said(key, movement=movement, patrol=patrol, segment=title),
        )

    def _hazard(self) -> Hazard:
        picture = self._picture
        return hazard(
            picture.network,
            picture.incidents,
            at=picture.as_of,
            as_of=picture.as_of,
            config=self._config.hazard,
        )

    def _incident_records(self) -> Iterable[Record]:
        """Records known at the cut-off whose source allows release."""
        incidents = self._picture.incidents
        closed = {source.source_id for source in incidents.sources if not source.has_export}
        for row in range(len(incidents)):
            if incidents.at_s[row] > utc_seconds(self._picture.as_of):
                continue
            if incidents.source_id[row] in closed:
                self._withheld["incident", "no_export"] += 1
                continue
            lon, lat = float(incidents.lon[row]), float(incidents.lat[row])
            yield incident_record(incidents, row, area=_area(lon, lat))

    def _incidents(self) -> tuple[IncidentView, ...]:
        return tuple(self._pass(self._incident_records()))

    def _incident_counts(self) -> tuple[AreaCountView, ...]:
        views = self._pass(self._incident_records())
        return suppressed_counts(
            (view.area for view in views), min_count=self._config.sharing.public_min_count
        )

    def _movement_counts(self) -> tuple[AreaCountView, ...]:
        views = self._pass(movement_record(plan) for plan in self._plans)
        return suppressed_counts(
            (view.area for view in views), min_count=self._config.sharing.public_min_count
        )

    def _ordnance_said(self, danger: Hazard) -> Said:
        if not danger.has_ordnance_source:
            return said("ordnance.none")
        rows = {row for segment in danger.ordnance for row in segment}
        return said("ordnance.some", count=len(rows))

    def _incidents_said(self, danger: Hazard) -> Said:
        incidents = self._picture.incidents
        if not incidents.sources:
            return said("incidents.none")
        if danger.last_informed is not None:
            return said("incidents.over", day=f"{danger.last_informed:%Y-%m-%d}")
        names = [incident_classes()[name].name for name in danger.classes]
        covered = Said(
            fr=", ".join(name.fr for name in names), en=", ".join(name.en for name in names)
        )
        first = said("incidents.classes", count=len(incidents), classes=covered)
        coarse, far = danger.kinds.count("coarse"), danger.kinds.count("far")
        if not coarse + far:
            return first
        second = said("incidents.unplaced", coarse=coarse, far=far)
        return Said(fr=f"{first.fr} {second.fr}", en=f"{first.en} {second.en}")


def _patrol_view(rows: Sequence[PatrolRow], mark: str, *, is_confirmed: bool) -> PatrolView:
    first = rows[0]
    has_window = first.start is not None and first.end is not None
    return PatrolView(
        mark=mark,
        patrol_id=first.patrol_id,
        stretches=tuple((row.segment_id, row.from_fraction, row.to_fraction) for row in rows),
        window=(
            WindowView(start=first.start, end=first.end)
            if has_window and first.start and first.end
            else None
        ),
        state="confirmed" if is_confirmed else "offered",
        passed_at=first.passed_at,
        provider=said(f"provider.{first.provider}"),
        composition=said(f"composition.{first.composition}"),
    )


def _area(lon: float, lat: float) -> str:
    """Prefecture (2021) of the nearest place."""
    towns = [place for place in places().values() if place.country == "CAF"]
    nearest = min(towns, key=lambda town: (town.lon - lon) ** 2 + (town.lat - lat) ** 2)
    return nearest.prefecture_2021.partition(" (")[0]
