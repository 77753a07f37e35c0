"""
The same event from two sources: counted once, kept twice.

Two rows are linked when each is the only candidate of the other among the rows of its source, first on the
same day, then a day apart (thresholds: ``data/duplicates.toml``). What could be one event and is not certain
is told, and counts twice.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.facts import toml
from cmcoord_geo.i18n import said
from cmcoord_geo.model import Finding
from cmcoord_geo.network.places import plain
from cmcoord_geo.picture import record_key
from cmcoord_geo.units import DAY_S, KM_M, geodesic_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.picture import Incidents

#: Offset of Bangui, for the day of a moment.
_BANGUI_S = 3600
_DEGREE_KM = 111.32
#: Rows of unlike class lie this far apart in the search.
_APART = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """
    What was found among the rows of several sources.

    Attributes
    ----------
    incidents : Incidents
        The rows, ``duplicate_of`` filled in.
    linked : int
        Rows that no longer count for themselves.
    findings : tuple of Finding
        How many were linked, and which may be one event but are not certain.
    """

    incidents: Incidents
    linked: int
    findings: tuple[Finding, ...]


def link_duplicates(incidents: Incidents, *, sources: Sequence[str] | None = None) -> Links:
    """
    Link the rows of different sources that are the same event.

    A link that stands in the rows already is kept as long as the two still fit.

    Parameters
    ----------
    incidents : Incidents
    sources : sequence of str, optional
        Source of each row, where the rows name the parts of a source apart.

    Returns
    -------
    Links
    """
    origin = np.array(incidents.source_id if sources is None else sources, dtype=object)
    maker = np.array([_makers().get(name, name) for name in origin.tolist()], dtype=object)
    pairs = _candidates(incidents, origin, maker)
    groups = _Groups(origin.tolist())
    found = _certain(incidents, pairs, origin, groups)
    columns = [""] * len(incidents)
    keys = incidents.keys()
    for rows in groups.several():
        best = min(rows, key=lambda row: _rank(incidents, keys, row))
        for row in rows:
            columns[row] = "" if row == best else keys[best]
    linked = sum(map(bool, columns))
    doubts = [(a, b) for a, b in found if not groups.are_one(a, b)]
    told = []
    if linked:
        first = next(i for i, key in enumerate(columns) if key)
        told.append(said("io.incident.linked", n=linked, one=keys[first], other=columns[first]))
    if doubts:
        one, other = (keys[i] for i in doubts[0])
        told.append(said("io.incident.doubt", n=len(doubts), one=one, other=other))
    return Links(
        incidents=replace(incidents, duplicate_of=tuple(columns)),
        linked=linked,
        findings=tuple(Finding(severity="warning", said=reason) for reason in told),
    )


def retyped(incidents: Incidents, *, sources: Sequence[str] | None = None) -> tuple[Finding, ...]:
    """
    Rows of one source that look like one event typed twice: same class, day and point, another id.

    They all count, because one day may bring two events; a finding for each source says how many. Datasets
    that give ids of their own to each event are not asked.
    """
    days = _days(incidents)
    alike: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, name in enumerate(incidents.source_id if sources is None else sources):
        if name not in _makers() and np.isfinite(incidents.lon[i]):
            point = round(float(incidents.lon[i]), 4), round(float(incidents.lat[i]), 4)
            alike[name, incidents.class_id[i], int(days[i]), point].append(i)
    by_source: defaultdict[str, list[list[int]]] = defaultdict(list)
    for key, rows in alike.items():
        if len(rows) > 1:
            by_source[str(key[0])].append(rows)
    return tuple(
        Finding(
            severity="warning",
            said=said(
                "io.incident.retyped", source=name, n=sum(len(rows) - 1 for rows in groups),
                one=incidents.incident_id[groups[0][0]], other=incidents.incident_id[groups[0][1]],
            ),
        )
        for name, groups in by_source.items()
    )  # fmt: skip


@cache
def _rule() -> Mapping[str, Any]:
    rule: Mapping[str, Any] = toml("duplicates.toml")["link"]
    return rule


@cache
def _families() -> Mapping[str, int]:
    table = toml("duplicates.toml")["families"]
    return {name: i for i, names in enumerate(table.values()) for name in names}


@cache
def _makers() -> Mapping[str, str]:
    return {
        name: maker for maker, names in toml("duplicates.toml")["makers"].items() for name in names
    }


@cache
def _order() -> Mapping[str, int]:
    """Place of a source among those of its maker: the final dataset stands before the candidate."""
    makers = toml("duplicates.toml")["makers"].values()
    return {name: i for names in makers for i, name in enumerate(names)}


def _days(incidents: Incidents) -> NDArray[np.int64]:
    """Day in Bangui of each row."""
    return np.asarray((incidents.at_s + _BANGUI_S) // DAY_S, np.int64)


def _rank(incidents: Incidents, keys: Sequence[str], row: int) -> tuple[object, ...]:
    """Best row of an event first: where it has a place, is precise, and was dated to the day."""
    return (
        bool(np.isnan(incidents.lon[row])), int(incidents.precision[row]),
        int(incidents.time_precision[row]), _order().get(incidents.source_id[row], 0), keys[row],
    )  # fmt: skip


# ---------------------------------------------------------------- candidates


def _candidates(
    incidents: Incidents, origin: NDArray[np.object_], maker: NDArray[np.object_]
) -> list[tuple[int, int, int]]:
    """Pairs of rows of two makers that may be one event, with the days between; then those of one id."""
    family = np.array([_families().get(name, -1) for name in incidents.class_id])
    may = (family >= 0) & (incidents.precision <= _rule()["coarse_to"])
    rows = np.flatnonzero(may)
    if len(set(origin.tolist())) < 2:
        return []
    days = _days(incidents)
    near = _near_pairs(incidents, rows, family, days)
    named = _named_pairs(incidents, rows, family, days)
    both = np.unique(np.sort(np.concatenate([near, named]), axis=1), axis=0)
    both = both[maker[both[:, 0]] != maker[both[:, 1]]]
    gap = np.abs(days[both[:, 0]] - days[both[:, 1]])
    same = _same_ids(incidents, origin, maker)
    return [*((a, b, 0) for a, b in same), *zip(*both.T.tolist(), gap.tolist(), strict=True)]


def _near_pairs(
    incidents: Incidents,
    rows: NDArray[np.int64],
    family: NDArray[np.int64],
    days: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Pairs of one family, at most so many days apart, whose points are near enough for their precision."""
    rule = _rule()
    rows = rows[np.isfinite(incidents.lon[rows])]
    if len(rows) < 2:
        return np.zeros((0, 2), np.int64)
    from scipy.spatial import cKDTree

    lon, lat = incidents.lon[rows], incidents.lat[rows]
    reach = rule["most_km"] * 1.02  # a degree is measured roughly here, exactly below
    narrowest = np.cos(np.radians(np.abs(lat).max()))
    scaled = np.column_stack(
        [
            lon * _DEGREE_KM * narrowest / reach, lat * _DEGREE_KM / reach,
            days[rows] / rule["most_days"], family[rows] * _APART,
        ]
    )  # fmt: skip
    pairs = cKDTree(scaled).query_pairs(1.0, p=np.inf, output_type="ndarray").astype(np.int64)
    found = rows[pairs]
    first, second = found[:, 0], found[:, 1]
    away_m = geodesic_m(
        incidents.lon[first], incidents.lat[first], incidents.lon[second], incidents.lat[second]
    )
    is_coarse = np.maximum(incidents.precision[first], incidents.precision[second])
    limit_km = np.where(is_coarse >= rule["coarse_from"], rule["coarse_km"], rule["most_km"])
    near: NDArray[np.int64] = found[np.asarray(away_m) <= limit_km * KM_M].reshape(-1, 2)
    return near


def _named_pairs(
    incidents: Incidents,
    rows: NDArray[np.int64],
    family: NDArray[np.int64],
    days: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Pairs of one family with a coarse row among them whose places bear one name."""
    rule = _rule()
    is_coarse = (incidents.precision >= rule["coarse_from"]) | np.isnan(incidents.lon)
    by_place: defaultdict[tuple[str, int, int], list[int]] = defaultdict(list)
    folded = {place: plain(place) for place in set(incidents.place)}
    names = {row: folded[incidents.place[row]] for row in rows.tolist()}
    for row, name in names.items():
        if name:
            by_place[name, int(family[row]), int(days[row])].append(row)
    reach = range(-rule["most_days"], rule["most_days"] + 1)
    found = [
        (row, other)
        for row, name in names.items()
        if name and is_coarse[row]
        for step in reach
        for other in by_place.get((name, int(family[row]), int(days[row]) + step), ())
        if other != row
    ]
    return np.array(found, np.int64).reshape(-1, 2)


def _same_ids(
    incidents: Incidents, origin: NDArray[np.object_], maker: NDArray[np.object_]
) -> list[tuple[int, int]]:
    """Rows of two sources of one maker with one id."""
    first: dict[tuple[str, str], int] = {}
    found = []
    for i, (name, key) in enumerate(zip(maker.tolist(), incidents.incident_id, strict=True)):
        if name == origin[i]:
            continue
        other = first.setdefault((name, key), i)
        if origin[other] != origin[i]:
            found.append((other, i))
    return found


# ---------------------------------------------------------------- what is certain


class _Groups:
    """Rows that are one event; never two of one source."""

    def __init__(self, origin: Sequence[str]) -> None:
        self._origin = origin
        self._of: dict[int, list[int]] = {}

    def join(self, a: int, b: int) -> None:
        """Take two rows for one event, unless two rows of a source would meet."""
        rows = [*self._of.get(a, [a]), *self._of.get(b, [b])]
        if self.are_one(a, b) or len({self._origin[row] for row in rows}) < len(rows):
            return
        self._of.update(dict.fromkeys(rows, rows))

    def are_one(self, a: int, b: int) -> bool:
        return b in self._of.get(a, ())

    def has(self, row: int, source: str) -> bool:
        """Whether a row of a source is the same event as this one."""
        return any(self._origin[other] == source for other in self._of.get(row, ()))

    def several(self) -> list[list[int]]:
        return list({id(rows): rows for rows in self._of.values()}.values())


def _certain(
    incidents: Incidents,
    pairs: Sequence[tuple[int, int, int]],
    origin: NDArray[np.object_],
    groups: _Groups,
) -> list[tuple[int, int]]:
    """Join the pairs that are certain; left are those of which neither row met the other's source."""
    keys = list(map(record_key, origin.tolist(), incidents.incident_id))
    is_day = incidents.time_precision == 1
    stored = {
        (key, other) for key, other in zip(keys, incidents.duplicate_of, strict=True) if other
    }
    for a, b, _ in pairs:
        has_one_id = incidents.incident_id[a] == incidents.incident_id[b]
        is_one_maker = has_one_id and origin[a] in _makers() and origin[b] in _makers()
        if is_one_maker or {(keys[a], keys[b]), (keys[b], keys[a])} & stored:
            groups.join(a, b)
    left = list(pairs)
    doubtful: set[int] = set()
    for gap in range(int(_rule()["most_days"]) + 1):
        here = [
            (a, b) for a, b, days in left
            if days == gap and not groups.has(a, origin[b]) and not groups.has(b, origin[a])
        ]  # fmt: skip
        count = _count(here, origin)
        for a, b in here:
            is_only = count[a, origin[b]] == 1 == count[b, origin[a]]
            if is_only and is_day[a] and is_day[b] and not {a, b} & doubtful:
                groups.join(a, b)
        doubtful |= {row for pair in here if not groups.are_one(*pair) for row in pair}
    return [
        (a, b) for a, b, _ in left if not groups.has(a, origin[b]) and not groups.has(b, origin[a])
    ]


def _count(
    pairs: Iterable[tuple[int, int]], origin: NDArray[np.object_]
) -> Mapping[tuple[int, str], int]:
    """How many candidates each row has in each source."""
    found: defaultdict[tuple[int, str], int] = defaultdict(int)
    for a, b in pairs:
        found[a, origin[b]] += 1
        found[b, origin[a]] += 1
    return found
