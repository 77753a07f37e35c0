"""Turn restrictions of OpenStreetMap: what a relation says, and the sequences of arcs that it bans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cmcoord_geo.facts import toml, vehicles
from cmcoord_geo.network.osm.extract import TurnRule
from cmcoord_geo.network.turns import Turns

if TYPE_CHECKING:
    from cmcoord_geo.network.osm.extract import OsmExtract
    from cmcoord_geo.network.osm.pieces import Pieces

_CONDITIONAL = ":conditional"
_KEY = "restriction"


@cache
def _table() -> Mapping[str, Any]:
    return toml("osm_turns.toml")


def _ranks(words: Iterable[str]) -> int:
    """Mask of the vehicles that some words speak of."""
    known = _table()["vehicles"]
    each = {vehicles()[name].rank for word in words for name in known.get(word.strip(), ())}
    return sum(1 << rank for rank in each)


def turn_rule(
    tags: Mapping[str, str], members: Sequence[tuple[str, int, str]]
) -> tuple[TurnRule, ...]:
    """
    Rules of a relation; none where it cannot be read or speaks of no vehicle of ours.

    A condition is taken as in force: which hours hold is not evaluated.

    Parameters
    ----------
    tags : mapping
    members : sequence of (str, int, str)
        Kind (``n``, ``w`` or ``r``), id and role.
    """
    by_role: dict[str, list[tuple[str, int]]] = {}
    for kind, number, role in members:
        by_role.setdefault(role, []).append((kind, number))
    ends = [by_role.get(role, []) for role in ("from", "to")]
    via = by_role.get("via", [])
    kinds = {kind for kind, _ in via}
    is_whole = all(len(end) == 1 and end[0][0] == "w" for end in ends)
    if not is_whole or kinds not in ({"n"}, {"w"}) or (kinds == {"n"} and len(via) > 1):
        return ()
    everybody = (1 << len(vehicles())) - 1
    free = _ranks(tags.get("except", "").split(";"))
    found = []
    for key, value in tags.items():
        base, _, suffix = key.removesuffix(_CONDITIONAL).partition(":")
        if base != _KEY:
            continue
        word = value.partition("@")[0].strip()
        is_only = word in _table()["values"]["only"]
        mask = (_ranks([suffix]) if suffix else everybody) & ~free
        if mask and (is_only or word in _table()["values"]["no"]):
            found.append(
                TurnRule(
                    is_only=is_only,
                    from_way=ends[0][0][1],
                    to_way=ends[1][0][1],
                    via_node=via[0][1] if kinds == {"n"} else 0,
                    via_ways=tuple(number for _, number in via) if kinds == {"w"} else (),
                    mask=mask,
                )
            )
    return tuple(found)


def turns_of(extract: OsmExtract, pieces: Pieces) -> tuple[Turns, int]:
    """
    Banned sequences of arcs, and how many rules could not be placed on the roads.

    Parameters
    ----------
    extract : OsmExtract
    pieces : Pieces
        Arc ``2 * i`` runs along piece ``i``, arc ``2 * i + 1`` against it.
    """
    roads = _Roads(extract, pieces)
    bans: Counter[tuple[int, ...]] = Counter()
    lost = 0
    for rule in extract.turns:
        found = tuple(roads.bans(rule))
        lost += not found
        for ban in found:
            bans[ban] |= rule.mask
    return Turns.of(bans.items()), lost


class _Roads:
    """Arcs by way and by the node that they leave or reach."""

    def __init__(self, extract: OsmExtract, pieces: Pieces) -> None:
        wanted = {way for r in extract.turns for way in (r.from_way, r.to_way, *r.via_ways)}
        self._by_way: dict[int, list[int]] = {way: [] for way in wanted}
        self._tail: dict[int, int] = {}
        self._head: dict[int, int] = {}
        self._leaving: dict[int, list[int]] = {}
        ways = extract.way_ids[pieces.way].tolist()
        columns = (ways, pieces.start.tolist(), pieces.end.tolist())
        for i, (way, start, end) in enumerate(zip(*columns, strict=True)):
            for arc, tail, head in ((2 * i, start, end), (2 * i + 1, end, start)):
                self._tail[arc], self._head[arc] = tail, head
                self._leaving.setdefault(tail, []).append(arc)
                if way in wanted:
                    self._by_way[way].append(arc)

    def bans(self, rule: TurnRule) -> Iterable[tuple[int, ...]]:
        """Sequences that a rule bans; none where its ways do not meet as it says, or in several ways."""
        between = self._between(rule)
        if not between:
            return
        via, first, last = between
        into = [arc for arc in self._by_way[rule.from_way] if self._head[arc] == first]
        out = [arc for arc in self._by_way[rule.to_way] if self._tail[arc] == last]
        if len(into) != 1 or len(out) != 1:
            return
        if not rule.is_only:
            yield (into[0], *via, out[0])
            return
        wanted = (*via, out[0])
        for k, arc in enumerate(wanted):
            for other in self._leaving[self._tail[arc]]:
                if other != arc:
                    yield (into[0], *wanted[:k], other)

    def _between(self, rule: TurnRule) -> tuple[tuple[int, ...], int, int] | None:
        """Arcs along the via ways, and the nodes where they begin and end."""
        if rule.via_node:
            return (), rule.via_node, rule.via_node
        ends = {self._head[arc] for arc in self._by_way[rule.from_way]}
        found = [
            chain
            for way in rule.via_ways[:1]
            for arc in self._by_way[way]
            if self._tail[arc] in ends and (chain := self._chain(arc, rule))
        ]
        if len(found) != 1:
            return None
        return found[0], self._tail[found[0][0]], self._head[found[0][-1]]

    def _chain(self, arc: int, rule: TurnRule) -> tuple[int, ...]:
        """Arcs from one on along the via ways to the way turned into; empty where they do not meet."""
        goals = {self._tail[out] for out in self._by_way[rule.to_way]}
        allowed = [a for way in rule.via_ways for a in self._by_way[way]]
        chain = [arc]
        while self._head[chain[-1]] not in goals:
            driven = {a // 2 for a in chain}
            here = self._head[chain[-1]]
            onward = [a for a in allowed if self._tail[a] == here and a // 2 not in driven]
            if len(onward) != 1:
                return ()
            chain += onward
        nodes = [self._tail[chain[0]], *(self._head[a] for a in chain)]
        is_straight = len(set(nodes)) == len(nodes) and all(
            self._head[a] == self._tail[b] for a, b in pairwise(chain)
        )
        return tuple(chain) if is_straight else ()
