"""Columns of what is known: incidents, patrols, and all of it at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from cmcoord_geo.model import (
        Activity,
        AvoidArea,
        Consent,
        CorridorRequest,
        CorridorResponse,
        Finding,
        MovementRequest,
        Operation,
        RoadStatus,
        Source,
    )
    from cmcoord_geo.network import RoadNetwork


def record_key(source_id: str, incident_id: str) -> str:
    """
    Key of a row among all sources.

    Examples
    --------
    >>> record_key("acled", "CAR1")
    'acled/CAR1'
    """
    return f"{source_id}/{incident_id}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Incidents:
    """
    Recorded security events, one row each.

    Attributes
    ----------
    incident_id, class_id, source_id : tuple of str
    lon, lat : ndarray of float64, shape (n,)
        Degrees; NaN where a record has no position.
    at_s : ndarray of int64, shape (n,)
        Seconds since the epoch, UTC: noon in Bangui of the day where only a day is known.
    precision : ndarray of int8, shape (n,)
        1 exact, 2 near, 3 area, 4 and above coarser (UCDP ``where_prec``, ACLED ``geo_precision``).
    place : tuple of str
        Name of the place as the source writes it.
    sources : tuple of Source
        What each source covers, also when it holds no row.
    time_precision : ndarray of int8, shape (n,), optional
        1 the day is known (the default), 2 the week, 3 the month or longer.
    actor : tuple of str, optional
        Type of who did it (``data/actor_types.csv``), never a name; ``unknown`` by default.
    no_export : ndarray of bool, shape (n,), optional
        The row goes into no product; False by default, where the source decides alone.
    duplicate_of : tuple of str, optional
        Key (:func:`record_key`) of the row of another source that counts for the same event; else empty.
    text : tuple of str, optional
        Words of the source, for its owner's own table: no record of it passes the gate.
    version : ndarray of int64, shape (n,), optional
        Seconds at which the source last changed the row, so that a newer one replaces it; 0: not known.
    """

    incident_id: tuple[str, ...]
    class_id: tuple[str, ...]
    source_id: tuple[str, ...]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    at_s: NDArray[np.int64]
    precision: NDArray[np.int8]
    place: tuple[str, ...]
    sources: tuple[Source, ...]
    time_precision: NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, np.int8))
    actor: tuple[str, ...] = ()
    no_export: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    duplicate_of: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    version: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    def __post_init__(self) -> None:
        n = len(self.incident_id)
        instead = {
            "time_precision": np.ones(n, np.int8), "actor": ("unknown",) * n,
            "no_export": np.zeros(n, np.bool_), "duplicate_of": ("",) * n, "text": ("",) * n,
            "version": np.zeros(n, np.int64),
        }  # fmt: skip
        for name, column in instead.items():
            if not len(getattr(self, name)):
                object.__setattr__(self, name, column)
        _check_equal_length(self, but=("sources",))

    def __len__(self) -> int:
        return len(self.incident_id)

    @classmethod
    def empty(cls) -> Self:
        """No record and no source: nothing is known."""
        none = np.zeros(0)
        return cls(
            incident_id=(), class_id=(), source_id=(), lon=none, lat=none, at_s=none.astype(np.int64),
            precision=none.astype(np.int8), place=(), sources=(),
        )  # fmt: skip

    def joined(self, other: Incidents) -> Incidents:
        """These rows, then the other's."""
        columns: dict[str, Any] = {}
        for entry in fields(self):
            mine, others = getattr(self, entry.name), getattr(other, entry.name)
            is_array = isinstance(mine, np.ndarray)
            columns[entry.name] = np.concatenate([mine, others]) if is_array else mine + others
        return Incidents(**columns)

    def only(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Incidents:
        """
        Some rows, in the order given; every source stays.

        Parameters
        ----------
        rows : ndarray of int64, shape (k,), or of bool, shape (n,)
            Numbers of the rows, or which are kept.
        """
        picked = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        columns: dict[str, Any] = {}
        for entry in fields(self):
            column = getattr(self, entry.name)
            if entry.name == "sources":
                columns[entry.name] = column
            elif isinstance(column, np.ndarray):
                columns[entry.name] = column[picked]
            else:
                columns[entry.name] = tuple(column[i] for i in picked.tolist())
        return Incidents(**columns)

    def keys(self) -> tuple[str, ...]:
        """Key of each row (:func:`record_key`)."""
        return tuple(map(record_key, self.source_id, self.incident_id))

    def counted(self, usable: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """
        Which rows count when only some may be used: of the rows of one event one, the first that may.

        Parameters
        ----------
        usable : ndarray of bool, shape (n,)
            Rows that may be used: known at a cut-off, or released.

        Returns
        -------
        ndarray of bool, shape (n,)
        """
        found = usable.copy()
        linked = [i for i, other in enumerate(self.duplicate_of) if other and usable[i]]
        if not linked:
            return found
        keys = self.keys()
        taken = {keys[i] for i in np.flatnonzero(usable).tolist() if not self.duplicate_of[i]}
        for i in sorted(linked, key=lambda row: (int(self.precision[row]), row)):
            found[i] = self.duplicate_of[i] not in taken
            taken.add(self.duplicate_of[i])
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Patrols:
    """
    Patrol windows as the other side released them, one row for each segment.

    Attributes
    ----------
    patrol_id, segment_id : tuple of str
    from_fraction, to_fraction : ndarray of float64, shape (n,)
        Stretch of the segment, from its start; from <= to.
    start_s, end_s : ndarray of float64, shape (n,)
        Window in seconds since the epoch; NaN where it is not known: then nothing can be said of meetings.
    passed_s : ndarray of float64, shape (n,)
        Reported passage; NaN while only offered.
    valid_until_s : ndarray of float64, shape (n,)
        Offer is void after this; NaN = until the end of the window.
    provider : tuple of str
        ``force``, ``unpol`` or ``fpu`` (L097).
    composition : tuple of str
        ``minusca``, ``mixed`` (with national forces, L111) or ``unknown``.
    """

    patrol_id: tuple[str, ...]
    segment_id: tuple[str, ...]
    from_fraction: NDArray[np.float64]
    to_fraction: NDArray[np.float64]
    start_s: NDArray[np.float64]
    end_s: NDArray[np.float64]
    passed_s: NDArray[np.float64]
    valid_until_s: NDArray[np.float64]
    provider: tuple[str, ...]
    composition: tuple[str, ...]

    def __post_init__(self) -> None:
        _check_equal_length(self)

    def __len__(self) -> int:
        return len(self.patrol_id)

    def only(self, rows: Sequence[int]) -> Patrols:
        """Some rows, by number, in the order given."""
        columns: dict[str, Any] = {}
        for entry in fields(self):
            column = getattr(self, entry.name)
            is_array = isinstance(column, np.ndarray)
            columns[entry.name] = column[list(rows)] if is_array else tuple(column[i] for i in rows)
        return Patrols(**columns)

    def joined(self, other: Patrols) -> Patrols:
        """These rows, then the other's."""
        columns: dict[str, Any] = {}
        for entry in fields(self):
            mine, others = getattr(self, entry.name), getattr(other, entry.name)
            is_array = isinstance(mine, np.ndarray)
            columns[entry.name] = np.concatenate([mine, others]) if is_array else mine + others
        return Patrols(**columns)

    @classmethod
    def empty(cls) -> Self:
        """No patrol is known: none is assumed."""
        none = np.zeros(0)
        return cls(
            patrol_id=(), segment_id=(), from_fraction=none, to_fraction=none, start_s=none, end_s=none,
            passed_s=none, valid_until_s=none, provider=(), composition=(),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OperationalPicture:
    """
    Everything that is known at one moment.

    Attributes
    ----------
    network : RoadNetwork
    as_of : datetime
        Cut-off of the data; nothing later is used.
    incidents : Incidents
    patrols : Patrols
    status : tuple of RoadStatus
    movements : tuple of MovementRequest
    consents : tuple of Consent
    findings : tuple of Finding
        What was wrong with the data, all together.
    areas : tuple of AvoidArea
    operations : tuple of Operation or None
        Announced operations and closures; None: nobody gave a table, which is not "none".
    activities : tuple of Activity or None
    is_exercise : bool
        Synthetic data: every product says EXERCISE / EXERCICE.
    corridors : tuple of CorridorRequest
        Presence that was asked of the other side.
    responses : tuple of CorridorResponse
        What it answered; what it offers stands among the patrols too.
    """

    network: RoadNetwork
    as_of: datetime
    incidents: Incidents
    patrols: Patrols
    status: tuple[RoadStatus, ...] = ()
    movements: tuple[MovementRequest, ...] = ()
    consents: tuple[Consent, ...] = ()
    findings: tuple[Finding, ...] = ()
    areas: tuple[AvoidArea, ...] = ()
    operations: tuple[Operation, ...] | None = None
    activities: tuple[Activity, ...] | None = None
    is_exercise: bool = False
    corridors: tuple[CorridorRequest, ...] = ()
    responses: tuple[CorridorResponse, ...] = ()

    def is_answer(self, patrol_id: str) -> bool:
        """Whether a patrol is what was answered about a corridor, under its name."""
        return any(one.corridor_id == patrol_id for one in self.corridors)

    def at(self, as_of: datetime) -> OperationalPicture:
        """Return the same data at another cut-off."""
        return replace(self, as_of=as_of)


def _check_equal_length(table: Incidents | Patrols, *, but: tuple[str, ...] = ()) -> None:
    lengths = {
        entry.name: len(getattr(table, entry.name))
        for entry in fields(table)
        if entry.name not in but
    }
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{column} {length}" for column, length in lengths.items())
        raise problem(DataError, "picture.length", table=type(table).__name__, lengths=told)
