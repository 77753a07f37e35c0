"""
GraphML as osmnx saves it, byte for byte, but written as it goes.

The writers of networkx build the whole document in memory first, which takes minutes for a country.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import networkx as nx

_HEAD = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
#: Characters that no XML may hold: a file with one could not be read again.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_Keys = dict[tuple[str, str], str]


def write_graphml(graph: nx.MultiDiGraph[Any], path: Path) -> None:
    """
    Write a graph so that ``osmnx.load_graphml`` reads it: attributes as text, what no XML may hold left out.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
    path : Path
        It is replaced.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(graph))


def _lines(graph: nx.MultiDiGraph[Any]) -> Iterator[str]:
    keys = _keys(graph)
    yield _HEAD
    for (scope, name), key in reversed(keys.items()):
        title = quoteattr(_clean(name))
        yield f'  <key id="{key}" for="{scope}" attr.name={title} attr.type="string" />\n'
    yield '  <graph edgedefault="directed">\n'
    for node, data in graph.nodes(data=True):
        yield f"    <node id={quoteattr(_clean(node))}"
        yield from _element("node", data, keys)
    for start, end, number, data in graph.edges(keys=True, data=True):
        ends = f"source={quoteattr(_clean(start))} target={quoteattr(_clean(end))}"
        yield f"    <edge {ends} id={quoteattr(_clean(number))}"
        yield from _element("edge", data, keys)
    yield from _data("graph", graph.graph, keys, "    ")
    yield "  </graph>\n</graphml>\n"


def _keys(graph: nx.MultiDiGraph[Any]) -> _Keys:
    """Number of each attribute of graph, nodes and edges, in the order in which they come."""
    parts: Iterable[tuple[str, Mapping[Any, Any]]] = chain(
        [("graph", graph.graph)],
        (("node", data) for _, data in graph.nodes(data=True)),
        (("edge", data) for _, _, data in graph.edges(data=True)),
    )
    names = dict.fromkeys((scope, str(name)) for scope, data in parts for name in data)
    return {name: f"d{i}" for i, name in enumerate(names)}


def _element(scope: str, data: Mapping[Any, Any], keys: _Keys) -> Iterator[str]:
    """Rest of the element of a node or edge."""
    if not data:
        yield " />\n"
        return
    yield ">\n"
    yield from _data(scope, data, keys, "      ")
    yield f"    </{scope}>\n"


def _data(scope: str, data: Mapping[Any, Any], keys: _Keys, indent: str) -> Iterator[str]:
    for name, value in data.items():
        key, text = keys[scope, str(name)], escape(_clean(value))
        yield (
            f'{indent}<data key="{key}">{text}</data>\n'
            if text
            else f'{indent}<data key="{key}" />\n'
        )


def _clean(value: object) -> str:
    return _NO_XML.sub("", str(value))
