"""
What a search has already settled at each node, and whether it covers a newcomer.

Labels are settled in lexicographic order, so the first criterion of a newcomer is never lower than
that of what is there: only the others are compared (dimensionality reduction, Pulido, Mandow and
Perez-de-la-Cruz, Computers & Operations Research 64, 2015).
"""

from __future__ import annotations

from operator import le
from typing import Protocol

from cmcoord_geo.routing.dijkstra import UNREACHABLE

Vector = tuple[int, ...]


class Fronts(Protocol):
    """Non-dominated vectors settled at each node."""

    def covers(self, node: int, vector: Vector) -> bool:
        """Whether something settled at the node is as good in every criterion."""

    def add(self, node: int, vector: Vector) -> None:
        """Settle a vector that nothing at the node covers."""


class PairFronts:
    """
    Fronts of one or two criteria, compared in constant time.

    The lowest last criterion settled at a node says it all (BOA*: Hernandez et al., AIJ 314, 2023).
    """

    def __init__(self, n_nodes: int) -> None:
        self._lowest = [UNREACHABLE] * n_nodes

    def covers(self, node: int, vector: Vector) -> bool:
        """Whether something settled at the node is as good in every criterion."""
        return self._lowest[node] <= vector[-1]

    def add(self, node: int, vector: Vector) -> None:
        """Settle a vector that nothing at the node covers."""
        self._lowest[node] = vector[-1]


class TruncatedFronts:
    """
    Fronts of three or more criteria, kept without the first one and pruned among themselves.

    What a newcomer beats in all the others goes (LTMOA*: Hernandez et al., IJCAI 2023).
    """

    def __init__(self, n_nodes: int) -> None:
        self._kept: list[list[Vector]] = [[] for _ in range(n_nodes)]

    def covers(self, node: int, vector: Vector) -> bool:
        """Whether something settled at the node is as good in every criterion."""
        rest = vector[1:]
        return any(all(map(le, kept, rest)) for kept in self._kept[node])

    def add(self, node: int, vector: Vector) -> None:
        """Settle a vector that nothing at the node covers."""
        rest = vector[1:]
        others = [kept for kept in self._kept[node] if not all(map(le, rest, kept))]
        self._kept[node] = [*others, rest]


def fronts_for(n_nodes: int, n_criteria: int) -> Fronts:
    """Empty fronts of the kind that suits the number of criteria."""
    return PairFronts(n_nodes) if n_criteria <= 2 else TruncatedFronts(n_nodes)
