"""
Programs that others would search a graph with, each behind the same three questions.

They are no part of the package: ``pip install '.[benchmark]'`` brings those that are not.
"""

import importlib
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Network:
    """
    What is searched: the two ends and the cost of every arc.

    ``pairs`` are to be joined; ``corners``, shape (2, k), are the sources and the targets of a matrix.
    """

    name: str
    n_nodes: int
    tail: Ints
    head: Ints
    cost: Ints
    pairs: Ints
    corners: Ints

    def cheapest(self) -> tuple[Ints, Ints, Ints]:
        """Ends and costs without loops, of parallel arcs the cheapest: what a simple graph can hold."""
        order = np.lexsort((self.cost, self.head, self.tail))
        tail, head, cost = self.tail[order], self.head[order], self.cost[order]
        is_kept = np.append(True, (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])) & (
            tail != head
        )
        return tail[is_kept], head[is_kept], cost[is_kept]


class Peer(ABC):
    """A program with a graph of its own making; what it cannot answer it leaves out of ``answers``."""

    name: str
    package: str
    answers: frozenset[str]

    def __init__(self, network: Network) -> None:
        self.network = network
        self.module: Any = importlib.import_module(self.package)
        self.graph: Any = self.make(network)

    @abstractmethod
    def make(self, network: Network) -> Any:  # noqa: ANN401 - each has a kind of its own
        """Graph in the peer's own form."""

    @abstractmethod
    def one_pair(self, source: int, target: int) -> object:
        """One cheapest path."""

    def one_to_all(self, source: int) -> object:
        """Costs of all nodes, and the tree where the peer gives it."""
        raise NotImplementedError

    def matrix(self, sources: Ints, targets: Ints) -> object:
        """Costs between many nodes."""
        raise NotImplementedError


class Networkx(Peer):
    """networkx, Dijkstra."""

    name = "networkx, Dijkstra"
    package, answers = "networkx", frozenset({"one_pair"})

    def make(self, network: Network) -> Any:  # noqa: ANN401 - as above
        """Simple graph, which it searches sooner than one with parallel arcs."""
        graph = self.module.DiGraph()
        graph.add_nodes_from(range(network.n_nodes))
        columns = (column.tolist() for column in network.cheapest())
        graph.add_weighted_edges_from(zip(*columns, strict=True))
        return graph

    def one_pair(self, source: int, target: int) -> object:
        """Cost and nodes."""
        return self.module.single_source_dijkstra(self.graph, source, target)


class NetworkxBothEnds(Networkx):
    """networkx, bidirectional."""

    name = "networkx, both ends"

    def one_pair(self, source: int, target: int) -> object:
        """Cost and nodes."""
        return self.module.bidirectional_dijkstra(self.graph, source, target)


class Igraph(Peer):
    """igraph."""

    name = "igraph"
    package, answers = "igraph", frozenset({"one_pair", "one_to_all", "matrix"})

    def make(self, network: Network) -> Any:  # noqa: ANN401 - as above
        """Graph with weights apart."""
        ends = np.column_stack([network.tail, network.head])
        self.weights = network.cost.tolist()
        return self.module.Graph(n=network.n_nodes, edges=ends, directed=True)

    def one_pair(self, source: int, target: int) -> object:
        """Arcs."""
        return self.graph.get_shortest_path(
            source, target, weights=self.weights, output="epath", algorithm="dijkstra"
        )

    def one_to_all(self, source: int) -> object:
        """Costs."""
        return self.graph.distances([source], weights=self.weights, algorithm="dijkstra")

    def matrix(self, sources: Ints, targets: Ints) -> object:
        """Costs."""
        ends = sources.tolist(), targets.tolist()
        return self.graph.distances(*ends, weights=self.weights, algorithm="dijkstra")


class Rustworkx(Peer):
    """rustworkx."""

    name = "rustworkx"
    package, answers = "rustworkx", frozenset({"one_pair", "one_to_all"})

    def make(self, network: Network) -> Any:  # noqa: ANN401 - as above
        """Graph with a number on every arc."""
        graph = self.module.PyDiGraph(multigraph=True)
        graph.add_nodes_from(range(network.n_nodes))
        columns = (network.tail, network.head, network.cost.astype(float))
        graph.add_edges_from(list(zip(*(column.tolist() for column in columns), strict=True)))
        return graph

    def one_pair(self, source: int, target: int) -> object:
        """Nodes."""
        return self.module.dijkstra_shortest_paths(self.graph, source, target, weight_fn=float)

    def one_to_all(self, source: int) -> object:
        """Costs."""
        return self.module.dijkstra_shortest_path_lengths(self.graph, source, float)


class Scipy(Peer):
    """scipy, compiled Dijkstra."""

    name = "scipy"
    package, answers = "scipy.sparse.csgraph", frozenset({"one_to_all", "matrix"})

    def make(self, network: Network) -> Any:  # noqa: ANN401 - as above
        """Rows; of parallel arcs the cheapest, for scipy would add them up."""
        from scipy.sparse import csr_array

        tail, head, cost = network.cheapest()
        shape = (network.n_nodes, network.n_nodes)
        return csr_array((cost.astype(float), (tail, head)), shape=shape)

    def one_pair(self, source: int, target: int) -> object:
        """Not asked: it has no search for one pair."""
        raise NotImplementedError

    def one_to_all(self, source: int) -> object:
        """Costs and tree."""
        return self.module.dijkstra(self.graph, indices=[source], return_predecessors=True)

    def matrix(self, sources: Ints, targets: Ints) -> object:
        """Costs."""
        return self.module.dijkstra(self.graph, indices=sources)[:, targets]


class Networkit(Peer):
    """networkit."""

    name = "networkit"
    package, answers = "networkit", frozenset({"one_pair", "one_to_all"})

    def make(self, network: Network) -> Any:  # noqa: ANN401 - as above
        """Weighted graph; one thread, as all the others have."""
        self.module.setNumberOfThreads(1)
        graph = self.module.Graph(network.n_nodes, weighted=True, directed=True)
        graph.addEdges((network.cost.astype(float), (network.tail, network.head)))
        return graph

    def one_pair(self, source: int, target: int) -> object:
        """Nodes."""
        search = self.module.distance.BidirectionalDijkstra(self.graph, source, target)
        search.run()
        return search.getPath()

    def one_to_all(self, source: int) -> object:
        """Costs."""
        search = self.module.distance.Dijkstra(self.graph, source, storePaths=False)
        search.run()
        return search.getDistances()


PEERS: tuple[type[Peer], ...] = (
    *(Networkx, NetworkxBothEnds, Igraph, Rustworkx, Scipy),
    Networkit,
)
