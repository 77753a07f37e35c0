"""The ways back of many departures: when each is home, and whom it meets on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.planning.course import course_of
from cmcoord_geo.planning.journeys import Journeys, grid_of
from cmcoord_geo.planning.paces import TAIL_DAYS
from cmcoord_geo.planning.returns import first_home, way_home
from cmcoord_geo.planning.slot_conflicts import SlotConflicts
from cmcoord_geo.planning.slot_times import SlotTimes
from cmcoord_geo.planning.stages import Daylight, Driver
from cmcoord_geo.units import HOUR_S

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.stages import Moments
    from cmcoord_geo.planning.ways import Way


class SlotReturns:
    """
    Ways back of a movement.

    Parameters
    ----------
    situation : Situation
        Of the movement there.
    way : sequence of (segment, is_forward)
        There.
    first : date
        First day on which somebody may arrive.
    days : int
    """

    def __init__(self, situation: Situation, way: Way, *, first: date, days: int) -> None:
        there, back = way_home(situation, way)
        self._unload_s = there.config.rules.unload_h * HOUR_S
        self._course = course_of(there, back, first=first, days=days + TAIL_DAYS)
        self._conflicts = SlotConflicts(there, back, self._course)
        light = Daylight(there.network, self._course, there.config)
        driver = Driver(self._course, light, there.config.rules, watched=self._conflicts.watched)
        self._grid = grid_of(first, days)
        self._journeys = Journeys(self._course, driver, light, self._grid)

    def after(self, arrivals_s: Moments) -> tuple[Moments, NDArray[np.int64]]:
        """
        Arrival home after each arrival there, and the conflicts on the way back.

        Parameters
        ----------
        arrivals_s : ndarray of float64, shape (n,)
            At the slow pace.

        Returns
        -------
        home_s : ndarray of float64, shape (n,)
            At the slow pace, infinite where nobody gets home.
        counts : ndarray of int64, shape (4, n)
            As of :meth:`.SlotConflicts.counts`; none where nobody gets home.
        """
        arrives = self._journeys.arrives(1)
        rows = first_home(arrives, self._grid, arrivals_s + self._unload_s)
        home_s = np.append(arrives, np.inf)[rows]
        counts = np.zeros((4, len(rows)), np.int64)
        chosen, place = np.unique(rows, return_inverse=True)
        chosen, none = chosen[chosen >= 0], int((chosen < 0).sum())
        if len(chosen):
            stages = [self._journeys.stages(row, 1) for row in chosen.tolist()]
            of_chosen = self._conflicts.counts(SlotTimes(self._course, self._journeys, stages))
            is_home = rows >= 0
            counts[:, is_home] = of_chosen[:, place[is_home] - none]
        return home_s, counts
