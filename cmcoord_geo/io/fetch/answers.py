"""Answers of Overpass (JSON) put together as one ``.osm.pbf`` file, so that one reader reads them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cmcoord_geo.errors import FetchError
from cmcoord_geo.i18n import problem
from cmcoord_geo.io.fetch.sources import AGENT

_KINDS = ("node", "way", "relation")
_LETTERS = {"node": "n", "way": "w", "relation": "r"}
#: What an answer of another form makes the reader raise.
_STRANGE = (KeyError, TypeError, ValueError, AttributeError, OverflowError, RuntimeError)
_Element = Mapping[str, Any]


@dataclass(slots=True)
class Answers:
    """
    Elements of all answers, each once.

    Attributes
    ----------
    host : str
        Machine that gave them.
    day : str
        Oldest day of the data, ISO 8601; empty where no answer says.
    count : int
        Number of answers.
    """

    host: str
    day: str = ""
    count: int = 0
    _elements: dict[str, dict[int, _Element]] = field(
        default_factory=lambda: {kind: {} for kind in _KINDS}
    )

    def add(self, answer: Any) -> None:  # noqa: ANN401 - whatever a server sends
        """
        Keep the elements of an answer.

        Raises
        ------
        FetchError
            It is no answer of Overpass, or the server says that it is not whole.
        """
        try:
            elements, is_whole = answer["elements"], "remark" not in answer
            day = str(answer.get("osm3s", {}).get("timestamp_osm_base", ""))[:10]
            for element in elements:
                self._keep(element)
        except _STRANGE as error:
            raise problem(FetchError, "fetch.not_understood", host=self.host) from error
        if not is_whole:
            raise problem(FetchError, "fetch.not_whole", host=self.host)
        self.day = min(filter(None, (self.day, day)), default="")
        self.count += 1

    def _keep(self, element: _Element) -> None:
        """Keep an element; a node comes with its tags in one answer and may come without in another."""
        if element["type"] in self._elements:
            known = self._elements[element["type"]].get(int(element["id"]))
            if known is None or "tags" not in known:
                self._elements[element["type"]][int(element["id"])] = element

    def write(self, path: Path) -> Path:
        """
        Write them in the order of the format: nodes, ways, relations, each by id.

        Raises
        ------
        FetchError
            An element is not what the format says.
        """
        import osmium

        header = osmium.io.Header()
        header.set("generator", AGENT)
        if self.day:
            header.set("osmosis_replication_timestamp", f"{self.day}T00:00:00Z")
        try:
            with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
                for _, node in sorted(self._elements["node"].items()):
                    writer.add_node(_node(node))
                for _, way in sorted(self._elements["way"].items()):
                    writer.add_way(_way(way))
                for _, relation in sorted(self._elements["relation"].items()):
                    writer.add_relation(_relation(relation))
        except _STRANGE as error:
            raise problem(FetchError, "fetch.not_understood", host=self.host) from error
        return path


def _tags(element: _Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.get("tags", {}).items()}


def _node(element: _Element) -> Any:  # noqa: ANN401 - osmium has no types
    from osmium.osm.mutable import Node

    where = float(element["lon"]), float(element["lat"])
    if not (abs(where[0]) <= 180 and abs(where[1]) <= 90):
        raise ValueError
    return Node(id=int(element["id"]), location=where, tags=_tags(element))


def _way(element: _Element) -> Any:  # noqa: ANN401
    from osmium.osm.mutable import Way

    nodes = [int(node) for node in element["nodes"]]
    return Way(id=int(element["id"]), nodes=nodes, tags=_tags(element))


def _relation(element: _Element) -> Any:  # noqa: ANN401
    from osmium.osm.mutable import Relation

    members = [
        (_LETTERS[member["type"]], int(member["ref"]), str(member["role"]))
        for member in element["members"]
    ]
    return Relation(id=int(element["id"]), members=members, tags=_tags(element))
