"""What an audience may see of a measurement of skill: frozen views, statistics alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.sharing.views import FrameView


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """
    Share of the next month's incidents on some roads.

    Attributes
    ----------
    kind : str
        named (5 % of the roads), chance (as many drawn by lot), wide (10 %).
    share : float
        0 to 1.
    """

    kind: Literal["named", "chance", "wide"]
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillMonthView:
    """
    Incidents of a month.

    Attributes
    ----------
    year, month : int
    on_named : int
        Incidents on the 5 % of the roads named beforehand.
    recorded : int
        All of them.
    is_missed : bool
        There were several, and fewer than half on the named roads.
    """

    year: int
    month: int
    on_named: int
    recorded: int
    is_missed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillGroupView:
    """
    Roads of about one exposure, over all months.

    Attributes
    ----------
    caption : Said
    expected : float
        Incidents announced.
    recorded : int
    low, high : float
        5 to 95 % range of the mean behind the recorded number.
    """

    caption: Said
    expected: float
    recorded: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillView:
    """
    What months of forecasts were worth, for one audience: no place, no movement, no organisation.

    Attributes
    ----------
    events, fewest : int
        Incidents scored, and how many are needed to tell anything.
    is_enough : bool
        When not, ``hits`` and ``groups`` are empty: nothing is told from too few.
    headline, headline_note : Said
    hits : tuple of HitView
    months : tuple of SkillMonthView
    least_missed : int
        Incidents from which a month can be missed.
    groups : tuple of SkillGroupView
        From the least exposed roads to the most exposed.
    keep : tuple of Said
        Sentences that are true for these figures.
    """

    frame: FrameView
    events: int
    fewest: int
    is_enough: bool
    headline: Said
    headline_note: Said
    hits: tuple[HitView, ...]
    months: tuple[SkillMonthView, ...]
    least_missed: int
    groups: tuple[SkillGroupView, ...]
    keep: tuple[Said, ...]
