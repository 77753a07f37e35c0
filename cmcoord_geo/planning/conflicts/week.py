"""What is held about a week when its conflicts are looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from cmcoord_geo.model import TimeSpan
from cmcoord_geo.planning.conflicts.occupancy import movement_occupancies, patrol_occupancies

if TYPE_CHECKING:
    from cmcoord_geo.config import Config
    from cmcoord_geo.model import Conflict, MovementPlan, MovementRequest, Route, TimeSpan
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture
from cmcoord_geo.planning.conflicts.occupancy import Occupancies


@dataclass(frozen=True, kw_only=True, eq=False)
class Week:
    """
    A week of movements as they are planned, and what is known around them.

    Attributes
    ----------
    picture : OperationalPicture
    plans : tuple of MovementPlan
        The option kept of each is what is looked at.
    config : Config
    sites : tuple of (lon, lat), optional
        Military sites that a user named for this one question; the package holds none. None: not given.
    earlier : tuple of MovementRequest, optional
        Movements of the weeks before; None: not given.
    """

    picture: OperationalPicture
    plans: tuple[MovementPlan, ...]
    config: Config
    sites: tuple[tuple[float, float], ...] | None = None
    earlier: tuple[MovementRequest, ...] | None = None

    @property
    def network(self) -> RoadNetwork:
        """Roads of the picture."""
        return self.picture.network

    @cached_property
    def routes(self) -> tuple[tuple[MovementRequest, Route], ...]:
        """Each movement that has a road, with the option kept."""
        return tuple((plan.request, plan.options[0]) for plan in self.plans if plan.options)

    @cached_property
    def returns(self) -> tuple[tuple[MovementRequest, Route], ...]:
        """Each movement that comes back, as it leaves for home, with the way back of the option kept."""
        return tuple(
            (_leaving_for_home(request, route.back), route.back)
            for request, route in self.routes
            if route.back is not None
        )

    @property
    def refused(self) -> frozenset[str]:
        """Tables of which a row or the whole file was refused: what it said is missing."""
        faults = (one for one in self.picture.findings if one.severity == "error")
        return frozenset(one.file.partition(".")[0] for one in faults)

    @cached_property
    def movements(self) -> Occupancies:
        """Where the movements may be."""
        return movement_occupancies(
            self.network, ((request.movement_id, route) for request, route in self.routes)
        )

    @cached_property
    def movements_back(self) -> Occupancies:
        """Where the movements may be on their ways back."""
        return movement_occupancies(
            self.network, ((request.movement_id, route) for request, route in self.returns)
        )

    @cached_property
    def roads_of_others(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Segments of each patrol and announced operation, by the kind of its conflicts and its id."""
        patrols = self.picture.patrols
        found: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for name, key in zip(patrols.patrol_id, patrols.segment_id, strict=True):
            found["C1", name].setdefault(key)
        for operation in self.picture.operations or ():
            for key, _, _ in operation.stretches:
                found["C2", operation.operation_id].setdefault(key)
        index = self.network.segment_index
        return {one: tuple(key for key in keys if key in index) for one, keys in found.items()}

    @cached_property
    def reports(self) -> frozenset[str]:
        """Ids of the road reports."""
        return frozenset(one.report_id for one in self.picture.status)

    @cached_property
    def patrols(self) -> Occupancies:
        """Where the patrols may be."""
        picture = self.picture
        return patrol_occupancies(self.network, picture.patrols, as_of=picture.as_of)


def _leaving_for_home(request: MovementRequest, back: Route) -> MovementRequest:
    return replace(request, depart=TimeSpan(earliest=back.fast.times[0], latest=back.slow.times[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """
    What one rule found in a week.

    Attributes
    ----------
    kind : str
        C1 to C11.
    conflicts : tuple of Conflict
        With those of which something is not known.
    lacking : tuple of str
        What nobody gave, so that the rule cannot say no: ``operations``, ``activities``, ``earlier``,
        ``patrols``; ``refused`` where a row of its tables could not be read.
    lacking_of : mapping
        What is lacking of single movements, such as ``sites`` for those with a night and ``purpose`` for
        those that do not say it: to their ids.
    """

    kind: str
    conflicts: tuple[Conflict, ...]
    lacking: tuple[str, ...] = ()
    lacking_of: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def answer(self) -> Literal["conflict", "no_known_conflict", "unknown"]:
        """Conflict where one stands; unknown where anything is missing; else none is known."""
        if any(conflict.answer == "conflict" for conflict in self.conflicts):
            return "conflict"
        is_open = self.conflicts or self.lacking or any(self.lacking_of.values())
        return "unknown" if is_open else "no_known_conflict"


Rule = Callable[[Week], Ruling]
