"""Rivers that lie between a point and a road."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import basemap
from cmcoord_geo.i18n import problem
from cmcoord_geo.network.columns import Texts
from cmcoord_geo.network.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

#: A drawn river may leave the one of the map by so much, in degrees: some 20 m.
SIMPLER = 0.0002


@dataclass(frozen=True, kw_only=True, eq=False)
class Rivers:
    """
    Lines of rivers.

    Attributes
    ----------
    names : sequence of str, length r
        Empty where a river has none.
    lines : Lines
        As many.

    Raises
    ------
    DataError
        The columns are not of one length.
    """

    names: Sequence[str]
    lines: Lines

    def __post_init__(self) -> None:
        first, points = self.lines.first, self.lines.points
        is_whole = first[0] == 0 and first[-1] == len(points) and (np.diff(first) > 1).all()
        if len(self.names) != len(self.lines) or not (is_whole and np.isfinite(points).all()):
            raise problem(
                DataError, "network.size", column="rivers", size=len(self.names),
                expected=len(self.lines),
            )  # fmt: skip

    @classmethod
    def of(cls, named: Iterable[tuple[str, NDArray[np.float64]]]) -> Rivers:
        """Pack rivers, each drawn with fewer points."""
        each = [(name, simpler(line)) for name, line in named if len(line) > 1]
        return cls(
            names=Texts.of(name for name, _ in each), lines=Lines.of(line for _, line in each)
        )

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.names)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        owner = np.repeat(np.arange(len(self)), np.diff(self.lines.first))
        return shapely.STRtree(np.asarray(shapely.linestrings(self.lines.points, indices=owner)))

    def between(self, a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.int64]:
        """
        River that lies between each pair of points; -1 where none does.

        Parameters
        ----------
        a, b : ndarray of float64, shape (n, 2)
            Longitude and latitude.
        """
        found = np.full(len(a), -1, dtype=np.int64)
        if len(self):
            lines: Any = shapely.linestrings(np.stack([a, b], axis=1))
            pair, river = self._tree.query(lines, predicate="crosses")
            found[pair] = river
        return found


def simpler(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Line with fewer points (Douglas and Peucker 1973)."""
    if len(line) < 3:
        return line
    points: NDArray[np.float64] = shapely.get_coordinates(
        shapely.simplify(shapely.linestrings(line), SIMPLER, preserve_topology=False)
    )
    return points if len(points) > 1 else line


def sketched_rivers() -> Rivers:
    """Rivers of the bundled base map, which may be drawn a kilometre or two from where they run."""
    return Rivers.of(
        (river["name"], np.array(line, dtype=np.float64))
        for river in basemap()["rivers"]
        for line in river["lines"]
    )
