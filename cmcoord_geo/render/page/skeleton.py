"""
The page without data, built by folium: the map, its panes, and our elements with constant templates.

Names are constant (folium's own are random), so that two pages of one product are equal byte for byte.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import folium
from branca.element import Figure, MacroElement
from folium.map import CustomPane
from folium.template import Template

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang

CSP_SLOT = "@@policy@@"
TITLE_SLOT = "@@title@@"
DATA_SLOT = "@@data@@"

#: Layers from below to above, with their z-index; those that answer to a click are named below.
PANES = {
    "base": 200, "sleeves": 330, "roads": 340, "exposure": 350, "patrols": 360, "movements": 370,
    "conflicts": 380, "points": 390, "now": 395, "touch": 400, "badges": 620, "names": 640,
}  # fmt: skip
PANES_WITH_POINTER = ("touch", "badges")
CENTRE = (6.6, 21.0)


@cache
def page_skeleton(lang: Lang, *, script: str = "app.js", styles: tuple[str, ...] = ()) -> str:
    """
    Page in which slots stand for policy, title and data, and links for script and style.

    Parameters
    ----------
    lang : str
    script : str
        Ours, by the name under which the carried files know it.
    styles : tuple of str
        Style sheets besides that of every page.
    """
    figure = PageFigure(lang)
    page_map = PageMap(script, styles)
    figure.add_child(page_map)
    for name, z_index in PANES.items():
        page_map.add_child(PagePane(name, z_index))
    page_map.add_child(PageStart())
    return str(figure.render())


def _template(name: str) -> Template:
    template: Template = Template(
        (files(__package__) / "assets" / name).read_text(encoding="utf-8")
    )
    return template


class PageFigure(Figure):
    """Document with language, policy, title and data block."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.lang = lang
        self._template = _template("document.jinja")


class PageMap(folium.Map):
    """Map without tiles, in the middle of our page; it links to carried files only."""

    def __init__(self, script: str, styles: tuple[str, ...]) -> None:
        super().__init__(
            location=CENTRE,
            tiles=None,
            zoom_start=6,
            zoom_control=False,
            zoom_snap=0.25,
            zoom_delta=0.5,
            zoom_animation=False,
            fade_animation=False,
            attribution_control=False,
        )
        self._id = "page"
        self._template = _template("page.jinja")
        # Own lists: folium's stand on the class, and would change for every later map of the process.
        self.default_js = [("leaflet", "leaflet/leaflet.js"), ("app", script)]
        sheets = ("leaflet/leaflet.css", "style.css", *styles)
        self.default_css = [(name.rpartition("/")[2].replace(".", "_"), name) for name in sheets]


class PagePane(CustomPane):
    """One layer of the map."""

    def __init__(self, name: str, z_index: int) -> None:
        super().__init__(name, z_index, pointer_events=name in PANES_WITH_POINTER)
        self._id = name


class PageStart(MacroElement):
    """Hands the map to our script."""

    _template = Template(
        "{% macro script(this, kwargs) %}cmcoord.start({{ this._parent.get_name() }});{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # branca
        self._name, self._id = "Start", "page"
