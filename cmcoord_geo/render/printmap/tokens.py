"""Colours, widths and sizes of the print map; lightness falls with exposure, so that grey print keeps it."""

from __future__ import annotations

from dataclasses import dataclass

INK = "#111111"
SECOND = "#444444"
RULE = "#b8b8b8"
PAPER = "#ffffff"
ABROAD = "#eeeeee"
BAND = "#f1f1f1"
BORDER = "#9a9a9a"
COUNTRY_EDGE = "#555555"
COUNTRY_RIM = "#d9d9d9"
COUNTRY_NAME = "#6b6b6b"
WATER = "#8fb8d0"
HUMANITARIAN = "#0072B2"
PATROL = "#9a4c79"
AREA = "#4b2e83"
LAPSING = "#8a8a8a"
OPERATION = "#00594c"
NO_INFORMATION = "#7a7a7a"

#: Sizes in points on A3; every sheet multiplies by its scale.
TITLE_PT = 15.0
SUBTITLE_PT = 9.0
PANEL_PT = 7.8
SMALL_PT = 7.0
FOOT_PT = 7.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A sheet in landscape: size and margin in millimetres, and the scale of what is drawn on it."""

    width_mm: float
    height_mm: float
    margin_mm: float
    scale: float


PAPERS = {
    "A3": Paper(width_mm=420.0, height_mm=297.0, margin_mm=8.0, scale=1.0),
    "A4": Paper(width_mm=297.0, height_mm=210.0, margin_mm=6.0, scale=0.77),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadStyle:
    """
    Fill of a road.

    Attributes
    ----------
    color : str
    width_pt : float
        On A3, for a national road.
    dashes : tuple of float or None
        Dash and gap in widths of the line.
    is_rungs : bool
        Dashes are white rungs laid over the colour; else they are the colour with white gaps.
    """

    color: str
    width_pt: float
    dashes: tuple[float, float] | None = None
    is_rungs: bool = False


#: By exposure class: plain, plain, gaps, rungs.
EXPOSURE = {
    1: RoadStyle(color="#F0E442", width_pt=1.2),
    2: RoadStyle(color="#E69F00", width_pt=2.3),
    3: RoadStyle(color="#D55E00", width_pt=3.4, dashes=(2.3, 0.55)),
    4: RoadStyle(color="#8a2f00", width_pt=4.8, dashes=(0.22, 0.9), is_rungs=True),
}

#: By state, for audiences that do not see exposure: reported, then by the default of the season.
REPORTED_STATE = {
    "open": RoadStyle(color="#ffffff", width_pt=2.6),
    "restricted": RoadStyle(color="#7a7a7a", width_pt=2.8, dashes=(2.0, 1.0)),
    "closed": RoadStyle(color="#111111", width_pt=3.4, dashes=(0.3, 0.9), is_rungs=True),
    "conflicting": RoadStyle(color="#7a7a7a", width_pt=3.4, dashes=(0.3, 0.9), is_rungs=True),
}
DEFAULT_STATE = {
    "open": RoadStyle(color="#ffffff", width_pt=1.0),
    "restricted": RoadStyle(color="#b4b4b4", width_pt=1.6, dashes=(2.0, 1.0)),
    "closed": RoadStyle(color="#6b6b6b", width_pt=2.0, dashes=(0.3, 0.9), is_rungs=True),
    "conflicting": RoadStyle(color="#b4b4b4", width_pt=2.0, dashes=(0.3, 0.9), is_rungs=True),
}
