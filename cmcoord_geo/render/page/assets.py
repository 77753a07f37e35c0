"""
The files that the page carries: Leaflet as published, our script and style without their comments.

An address that is asked for and is not among them is an error when the page is built, never a request when
it is read.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.render.page.squeeze import squeezed_script, squeezed_style

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: Parts of the script of a page whose roads were surveyed, after the others: its functions stand in for
#: theirs of the same name.
SURVEYED_PARTS = ("surveyed",)
#: Parts of our script, in the order in which they build on one another.
APP_PARTS = (
    "dom", "data", "clock", "style", "state", "geometry", "marks", "placement", "basemap", "roads",
    "areas", "crossings", "traffic", "operations", "badges", "labels", "map", "timebar", "charts",
    "exposure", "movements", "compare", "patrols", "closures", "closed", "why", "counts", "legend", "search",
    "panel", "frame", "print", "print_lists", "start",
)  # fmt: skip
#: Parts of the script of the isolation board: the shared ones, and its own.
BOARD_PARTS = (
    "dom", "data", "clock", "style", "state", "geometry", "placement", "basemap", "labels", "search", "frame",
    "print", "board_map", "board_panel", "board_start",
)  # fmt: skip
SCRIPTS = {
    "app.js": APP_PARTS,
    "app_surveyed.js": (*APP_PARTS[:-1], *SURVEYED_PARTS, APP_PARTS[-1]),
    "board.js": BOARD_PARTS,
}

_LINKS = re.compile(r'<script src="([^"]*)"></script>|<link rel="stylesheet" href="([^"]*)"/>')
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_UNUSED = (
    "popup", "control-layers", "attribution", "default-icon", "leaflet-vml", "lvml", "leaflet-tile", "shadow",
    "image-layer", "leaflet-safari", "leaflet-oldie", "zoom-anim ", "pan-anim", "crosshair", "div-icon",
)  # fmt: skip
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def inline_links(page: str) -> str:
    """
    Page in which every linked script and style stands inside.

    Raises
    ------
    DataError
        A link has no file among the carried ones, or its file is not the listed one.
    """

    def inlined(link: re.Match[str]) -> str:
        if link[1] is not None:
            return f"<script>{script(link[1])}</script>"
        return f"<style>{style(link[2])}</style>"

    return _LINKS.sub(inlined, page)


@cache
def script(address: str) -> str:
    """Text of a carried script, with its licence; ours are put together from their parts."""
    if address in SCRIPTS:
        parts = [squeezed_script(_text(f"app/{part}.js")) for part in SCRIPTS[address]]
        return "\n".join(["const cmcoord = (() => {", "'use strict';", *parts, "})();", ""])
    licence = _listed(f"{address.rpartition('/')[0]}/LICENSE")
    return f"/*\n{licence}*/\n{_SOURCE_MAP.sub('', _listed(address))}"


@cache
def style(address: str) -> str:
    """
    Text of a carried style sheet, without comments and without rules for what the page does not use.

    Those are Leaflet's popup, layer list, attribution, default pin, tiles, images and its zoom in motion; its
    pictures belong to them.

    Raises
    ------
    DataError
        The sheet would still load something.
    """
    text = squeezed_style(_listed(address) if address.startswith("leaflet/") else _text(address))
    if address.startswith("leaflet/"):
        text = _RULE.sub(_used, text)
    if "url(" in text or "@import" in text:
        raise problem(DataError, "page.error.style", address=address)
    return text


def _used(rule: re.Match[str]) -> str:
    """Rule for those of its selectors that the page uses; nothing where there is none."""
    used = [one for one in rule[1].split(",") if not any(word in one for word in _UNUSED)]
    return f"{','.join(used)}{{{rule[2]}}}" if used and "url(" not in rule[2] else ""


def _listed(address: str) -> str:
    """Text of a file by others, when it is the one whose SHA-256 is listed beside it."""
    folder, _, name = address.rpartition("/")
    text = _text(address)
    found = f"{hashlib.sha256(text.encode()).hexdigest()}  {name}"
    if found not in _text(f"{folder}/SHA256SUMS").splitlines():
        raise problem(DataError, "page.error.changed", address=address)
    return text


def _text(address: str) -> str:
    found: Traversable = files(__package__) / "assets"
    for part in address.split("/"):
        found = found / part
    if ":" in address or ".." in address or not found.is_file():
        raise problem(DataError, "page.error.missing", address=address)
    return found.read_text(encoding="utf-8")
