"""What the gate lets through besides the owner's views: rows that the product joins, one class each."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from typing import Any

from cmcoord_geo.errors import SharingError
from cmcoord_geo.model import Span, TimeSpan
from cmcoord_geo.sharing.generalise import Stretch


class Released(dict[str, Any]):
    """
    Fields of one record after the table, by name.

    Asking for one that was dropped is refused: a view must not be made of a field that the table keeps back.
    """

    def __missing__(self, name: str) -> Any:  # noqa: ANN401 - never returns
        message = f"data/sharing.toml drops {name}, which the view of this audience needs"
        raise SharingError(message)

    def for_view(self, view: type[Any]) -> dict[str, Any]:
        """Fields of a view that bear the names of released ones; one with a default may be missing."""
        return {
            entry.name: self[entry.name]
            for entry in fields(view)
            if entry.name in self or entry.default is MISSING
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorWish:
    """Stretches that a movement wants presence on, of which kind and how much: no organisation or cargo."""

    stretches: tuple[Stretch, ...]
    presence: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorRow:
    """One requested corridor, as its audience may see it."""

    corridor_id: str
    segment_ids: tuple[str, ...]
    beside_ids: tuple[str, ...]
    window: TimeSpan
    presence: tuple[str, ...]
    accepts_mixed: bool
    priority: int
    issued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolRow:
    """One row of a patrol, as its audience may see it."""

    patrol_id: str
    segment_id: str
    from_fraction: float
    to_fraction: float
    start: datetime | None
    end: datetime | None
    passed_at: datetime | None
    valid_until: datetime | None
    provider: str
    composition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationRow:
    """One stretch of an announced operation, as its audience may see it."""

    operation_id: str
    segment_id: str
    from_fraction: float
    to_fraction: float
    start: datetime | None
    end: datetime | None
    valid_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """One road report, as its audience may see it."""

    segment_id: str
    crossing_id: str
    state: str
    max_vehicle: str
    max_gross_t: float | None
    reported_at: datetime
    expires_at: datetime | None
    is_verified: bool
    at_fraction: float | None
    hours: str = ""
    season: str = ""
    ferry_state: str = ""
    delay_min: float | None = None
    is_part: bool = False
    share: float = 1.0
    report_id: str = ""
    reporter: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaEffect:
    """
    What an area to avoid does.

    Attributes
    ----------
    roads : tuple of (segment id, title, km inside)
    """

    mark: str
    effect: str
    min_per_km: float
    since: datetime | None
    until: datetime
    roads: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaIdentity:
    """What an area to avoid is called and where it lies, for the desk that drew it."""

    area_id: str
    name: str
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """
    A conflict, as its audience may see it; what the table drops is empty.

    Attributes
    ----------
    stretches : tuple of (segment id, Span)
    """

    kind: str
    answer: str
    window: TimeSpan
    stretches: tuple[tuple[str, Span], ...]
    movement_id: str = ""
    patrol_id: str = ""
    other_id: str = ""
    place_id: str = ""
    crossing_id: str = ""
    km: float = 0.0
    count: int = 1
    is_back: bool = False
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    """
    A change of one movement.

    Attributes
    ----------
    halt_id : str
        Place of a night or a wait by choice; empty where there is none.
    wait_min : int
        0 for the night.
    stop_min : int
        Minutes of the stop to ask for there; 0 without a stand.
    removes : tuple of (kind, other party)
    room_for : tuple of str
        Other movements.
    cut_min : int
        Minutes by which the window of departure ends sooner.
    via : tuple of str or None
        Places to write besides; None where none keep the road.
    fresh_km : tuple of float
        Length with fresh presence, as filed and then.
    """

    movement_id: str
    letter: str
    depart: TimeSpan
    shift_min: int
    is_other_road: bool
    halt_id: str
    wait_min: int
    stop_min: int
    removes: tuple[tuple[str, str], ...]
    room_for: tuple[str, ...]
    cut_min: int
    via: tuple[str, ...] | None
    fresh_km: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMovement:
    """A movement that is over, as a count can be made of it."""

    area: str
    week: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicIncident:
    """An incident, as a count can be made of it."""

    area: str
    month: datetime
