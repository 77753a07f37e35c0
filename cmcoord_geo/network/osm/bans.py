"""Restrictions of turns as rows of arcs: found on the pieces into which the ways were cut."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.osm.restriction import turn_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network.osm.extract import OsmExtract, Restriction
    from cmcoord_geo.network.osm.pieces import Pieces
    from cmcoord_geo.network.osm.restriction import TurnRule

#: So many ways to read one relation are looked at; a well-formed one has a single one.
_MOST_READINGS = 64
Row = tuple[int, ...]


@dataclass(slots=True)
class Bans:
    """
    What the restrictions of an extract ban.

    Attributes
    ----------
    rows : dict
        Row of arcs to the mask of the vehicles that may not drive it.
    told : Counter
        Restrictions by what became of them: applied, missing, shape, ambiguous, dropped, timed, others.
    unread : Counter
        Tags that no table knows, as ``key=value``.
    unread_examples : dict
        Each of these tags to the id of the first restriction with it.
    """

    rows: dict[Row, int] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    unread_examples: dict[str, int] = field(default_factory=dict)

    def add(self, row: Row, mask: int) -> None:
        """Ban a row for some vehicles more."""
        if mask:
            self.rows[row] = self.rows.get(row, 0) | mask


def find_bans(
    extract: OsmExtract,
    pieces: Pieces,
    forward: NDArray[np.uint8],
    backward: NDArray[np.uint8],
) -> Bans:
    """
    Lay the restrictions of an extract on its pieces.

    Parameters
    ----------
    extract : OsmExtract
    pieces : Pieces
    forward, backward : ndarray of uint8, shape (m,)
        Who may drive each piece: of several readings of one relation, those count that somebody can drive.
    """
    bans = Bans()
    if not extract.restrictions:
        return bans
    streets = _Streets(extract, pieces, np.column_stack([forward, backward]).ravel())
    for restriction in extract.restrictions:
        rule = turn_rule(restriction.tags)
        bans.unread.update(rule.unread)
        for tag in rule.unread:
            bans.unread_examples.setdefault(tag, restriction.relation_id)
        if not rule.no | rule.only:
            bans.told["others"] += 1
            continue
        outcome = _lay(restriction, rule, streets, bans)
        bans.told[outcome] += 1
        if rule.is_timed and outcome in {"applied", "ambiguous"}:
            bans.told["timed"] += 1
    return bans


def _lay(restriction: Restriction, rule: TurnRule, streets: _Streets, bans: Bans) -> str:
    """Ban what one restriction bans; the word says what became of it."""
    froms, vias, tos = (_members(restriction, role) for role in ("from", "via", "to"))
    if not _is_shaped(froms, vias, tos):
        return "shape"
    if any(kind == "w" and not streets.has(way) for kind, way in (*froms, *vias, *tos)):
        return "missing"
    outcomes = set()
    for _, start in froms:
        found = [streets.readings(start, vias, end, rule.no | rule.only, rule) for _, end in tos]
        if not all(found):
            outcomes.add("shape")
            continue
        is_doubtful = not rule.is_turning_round and any(len(each) > 1 for each in found)
        rows = [row for each in found for row in each]
        for row in rows:
            bans.add(row, rule.no)
        if rule.only and is_doubtful:
            outcomes.add("dropped")
            continue
        outcomes.add("ambiguous" if is_doubtful else "applied")
        for row in streets.others(rows) if rule.only else ():
            bans.add(row, rule.only)
    return next(word for word in ("shape", "dropped", "ambiguous", "applied") if word in outcomes)


def _members(restriction: Restriction, role: str) -> tuple[tuple[str, int], ...]:
    """Kinds and ids of the members of a role, each once."""
    found = ((kind, ref) for word, kind, ref in restriction.members if word == role)
    return tuple(dict.fromkeys(found))


def _is_shaped(*roles: Sequence[tuple[str, int]]) -> bool:
    """Whether ways lead over one node, or over ways, to ways."""
    froms, vias, tos = ({kind for kind, _ in role} for role in roles)
    is_via = vias == {"w"} or (vias == {"n"} and len(roles[1]) == 1)
    return is_via and froms == tos == {"w"}


class _Streets:
    """Pieces of the ways that restrictions name, and the arcs at their ends."""

    def __init__(self, extract: OsmExtract, pieces: Pieces, legal: NDArray[np.uint8]) -> None:
        self._legal = legal
        self._start, self._end = pieces.start.tolist(), pieces.end.tolist()
        named = {
            ref
            for restriction in extract.restrictions
            for _, kind, ref in restriction.members
            if kind == "w"
        }
        ids = extract.way_ids[pieces.way]
        wanted = np.flatnonzero(np.isin(ids, np.array(sorted(named), dtype=np.int64)))
        self._pieces: dict[int, list[int]] = {}
        for piece, way in zip(wanted.tolist(), ids[wanted].tolist(), strict=True):
            self._pieces.setdefault(way, []).append(piece)
        nodes = np.union1d(pieces.start[wanted], pieces.end[wanted])
        self._leaving: dict[int, list[int]] = {}
        for side, ends in enumerate((pieces.start, pieces.end)):
            for piece in np.flatnonzero(np.isin(ends, nodes)).tolist():
                self._leaving.setdefault(int(ends[piece]), []).append(2 * piece + side)

    def has(self, way: int) -> bool:
        """Whether a way is among the roads of the network."""
        return way in self._pieces

    def readings(
        self,
        start: int,
        vias: Sequence[tuple[str, int]],
        end: int,
        mask: int,
        rule: TurnRule,
    ) -> list[Row]:
        """Rows of arcs from one way over the via to another; of several those that somebody can drive."""
        found = list(islice(self._rows(start, vias, end), _MOST_READINGS))
        if start == end and len(vias) == 1 and vias[0][0] == "n":
            back = [row for row in found if row[0] == row[1] ^ 1]
            straight = [row for row in found if row[0] != row[1] ^ 1]
            found = back if rule.is_turning_round else straight or back
        drivable = [row for row in found if self._can_drive(row, mask)]
        return drivable or found

    def others(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Rows that leave the given ones, at whichever junction: a mandatory way is driven as a whole."""
        onward: dict[Row, set[int]] = {}
        for row in rows:
            for k in range(1, len(row)):
                onward.setdefault(row[:k], set()).add(row[k])
        for begun, allowed in onward.items():
            for arc in self._leaving[self._head(begun[-1])]:
                if arc not in allowed:
                    yield (*begun, arc)

    def _rows(self, start: int, vias: Sequence[tuple[str, int]], end: int) -> Iterator[Row]:
        if vias[0][0] == "n":
            for first in self._reaching(start, vias[0][1]):
                yield from ((first, last) for last in self._from(end, vias[0][1]))
            return
        ways = [way for _, way in vias]
        found = list(islice(self._over(start, ways, end), _MOST_READINGS))
        yield from found or self._over(start, ways[::-1], end)

    def _over(self, start: int, ways: Sequence[int], end: int) -> Iterator[Row]:
        """Rows over ways in this order."""
        begun: list[tuple[Row, int]] = [((arc,), self._head(arc)) for arc in self._arcs(start)]
        for here, then in zip(ways, (*ways[1:], end), strict=True):
            goals = self._nodes(then)
            begun = [
                ((*row, *along), node)
                for row, at in begun
                for along, node in self._along(here, at)
                if node in goals
            ][:_MOST_READINGS]
        for row, node in begun:
            yield from ((*row, last) for last in self._from(end, node))

    def _along(self, way: int, node: int) -> Iterator[tuple[Row, int]]:
        """Rows along a way from a node on, in both directions, with the nodes that they reach."""
        for step in (1, -1):
            for arc in self._from(way, node):
                if (arc % 2 == 0) == (step == 1):
                    yield from self._onward(self._pieces[way], arc, step)

    def _onward(self, pieces: Sequence[int], arc: int, step: int) -> Iterator[tuple[Row, int]]:
        """Longer and longer rows along a way; a closed way goes on over its seam."""
        row: Row = ()
        place = pieces.index(arc // 2)
        for _ in pieces:
            if row and self._head(row[-1]) != self._tail(arc):
                return
            row = (*row, arc)
            yield row, self._head(arc)
            place = (place + step) % len(pieces)
            arc = 2 * pieces[place] + (step < 0)

    def _arcs(self, way: int) -> Iterator[int]:
        for piece in self._pieces[way]:
            yield from (2 * piece, 2 * piece + 1)

    def _reaching(self, way: int, node: int) -> Iterator[int]:
        yield from (arc for arc in self._arcs(way) if self._head(arc) == node)

    def _from(self, way: int, node: int) -> Iterator[int]:
        yield from (arc for arc in self._arcs(way) if self._tail(arc) == node)

    def _nodes(self, way: int) -> set[int]:
        return {self._tail(arc) for arc in self._arcs(way)}

    def _tail(self, arc: int) -> int:
        return int((self._end if arc % 2 else self._start)[arc // 2])

    def _head(self, arc: int) -> int:
        return self._tail(arc ^ 1)

    def _can_drive(self, row: Row, mask: int) -> bool:
        for arc in row:
            mask &= int(self._legal[arc])
        return mask != 0
