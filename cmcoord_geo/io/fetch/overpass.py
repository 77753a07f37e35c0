"""
Roads of a box or of a place, asked of Overpass and Nominatim through osmnx.

osmnx finds the outline, divides it, waits for its turn and asks; its answers are kept as they come, before it
makes a graph of them, for a graph has no barriers, no banned turns, no places and no date. What is changed in
osmnx, and what osmnx changes in Python, is as before afterwards.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from cmcoord_geo.errors import CmcoordError, DataError, FetchError
from cmcoord_geo.i18n import problem
from cmcoord_geo.io.fetch.answers import Answers
from cmcoord_geo.io.fetch.failures import BUSY, check_answer, failures_of
from cmcoord_geo.io.fetch.sources import AGENT, address, host, limit, table
from cmcoord_geo.network.osm.tables import place_rules
from cmcoord_geo.units import KM_M, geod

if TYPE_CHECKING:
    import requests
    from shapely import MultiPolygon, Polygon

Bounds = tuple[float, float, float, float]
#: Half of the box that is proposed about a place without an outline, in degrees (about 20 km).
_ABOUT_DEG = 0.18
#: How osmnx says that it has what it was to keep, and makes no graph.
_DONE = "CacheOnlyInterruptError"
#: Answers after which osmnx waits a minute and asks again.
_ASKS_AGAIN = (429, 504)
#: A status page as osmnx reads it: the fifth line says how many turns are free, or when one will be.
_TURN = re.compile(r"(?:[^\n]*\n){4}(?:\d+|Slot) ", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """
    Area to ask for.

    Attributes
    ----------
    polygon : Polygon or MultiPolygon
        Longitude and latitude.
    name : str
        Full name of the place as Nominatim has it; empty for a box.
    """

    polygon: Polygon | MultiPolygon
    name: str = ""

    @property
    def km2(self) -> float:
        """Area on WGS84."""
        from shapely.geometry.polygon import orient

        parts = getattr(self.polygon, "geoms", [self.polygon])
        return sum(abs(geod().geometry_area_perimeter(orient(p))[0]) for p in parts) / KM_M**2

    @property
    def questions(self) -> int:
        """Pieces that Overpass is asked for, at least."""
        return ceil(self.km2 / limit("km2_per_question"))

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north."""
        west, south, east, north = self.polygon.bounds
        return west, south, east, north


def read_box(words: str) -> Outline:
    """
    Box of four numbers: west, south, east, north.

    Raises
    ------
    DataError
        They are not four numbers of degrees, or not in this order.

    Examples
    --------
    >>> read_box("20.6,5.7,20.7,5.8").bounds
    (20.6, 5.7, 20.7, 5.8)
    """
    from shapely import box

    try:
        west, south, east, north = (float(word) for word in words.split(","))
    except ValueError:
        raise problem(DataError, "fetch.bad_box", word=words) from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise problem(DataError, "fetch.bad_box", word=words)
    return _checked(Outline(polygon=box(west, south, east, north)))


def _checked(outline: Outline) -> Outline:
    most = limit("most_km2")
    if outline.km2 > most:
        km2 = f"{outline.km2:.0f}"
        raise problem(DataError, "fetch.too_large", km2=km2, most=f"{most:.0f}")
    return outline


def outline_of(place: str) -> Outline:
    """
    Outline of a place, as Nominatim knows it, and a margin.

    Raises
    ------
    FetchError
        The place is not known, has no outline, or the server does not answer.
    DataError
        It is too large.
    """
    url = address("nominatim")
    found: list[Any] = []

    def keep(response: requests.Response) -> None:
        results = response.json()
        if not results:
            raise problem(FetchError, "fetch.unknown_place", place=place, host=host(url))
        found.extend(results)

    with _through_osmnx(url, keep) as osmnx:
        try:
            row = osmnx.geocode_to_gdf(place).iloc[0]
        except TypeError as error:
            raise _without_outline(place, found, host(url)) from error
    polygon = row.geometry.buffer(limit("margin_deg")).simplify(limit("margin_deg") / 4)
    name = "".join(filter(str.isprintable, str(row.get("display_name", place))))
    return _checked(Outline(polygon=polygon, name=name))


def _without_outline(place: str, found: list[Any], machine: str) -> FetchError:
    """A place that is a point: the box about it, ready to be typed."""
    try:
        lon, lat = float(found[0]["lon"]), float(found[0]["lat"])
    except (LookupError, TypeError, ValueError):
        return problem(FetchError, "fetch.not_understood", host=machine)
    edges = (lon - _ABOUT_DEG, lat - _ABOUT_DEG, lon + _ABOUT_DEG, lat + _ABOUT_DEG)
    box = ",".join(f"{edge:.2f}" for edge in edges)
    return problem(FetchError, "fetch.no_outline", place=place, box=box)


def ask(outline: Outline, *, on_progress: Callable[[int], None] = lambda _count: None) -> Answers:
    """
    All that a network needs within an outline: roads, barriers, ferries, banned turns, places, rivers.

    Parameters
    ----------
    outline : Outline
    on_progress : callable
        Called with the number of answers that have come.

    Raises
    ------
    FetchError
        The server does not answer, is busy, or answers in part.
    """
    url = address("overpass")
    answers = Answers(host(url))

    def keep(response: requests.Response) -> None:
        if response.request.method == "POST":
            answers.add(response.json())
            on_progress(answers.count)

    with _through_osmnx(url, keep) as osmnx:
        osmnx.settings.overpass_rate_limit = _gives_turns(url)
        try:
            osmnx.features_from_polygon(outline.polygon, _wanted())
        except Exception as error:  # its class has no public name
            if type(error).__name__ != _DONE:
                raise
    return answers


def _wanted() -> dict[str, bool | str | list[str]]:
    """Keys and values that are asked for."""
    rules = place_rules()
    return {
        "highway": True,
        "route": "ferry",
        "place": list(rules["places"]["order"]),
        rules["rivers"]["key"]: list(rules["rivers"]["values"]),
        "type": list(table()["ask"]["restrictions"]),
    }


def _gives_turns(url: str) -> bool:
    """
    Whether a server says when it is one's turn, as the public ones do.

    It is asked here first: osmnx waits a minute for a server that is not there, and for ever for one
    that runs without turns.
    """
    import requests

    where = f"{url}/status"
    with failures_of(where):
        response = requests.get(where, headers={"User-Agent": AGENT}, timeout=limit("timeout_s"))
    if response.status_code in (404, *BUSY):
        return response.status_code != 404
    check_answer(response, where)
    return bool(_TURN.match(response.text))


@contextmanager
def _through_osmnx(url: str, keep: Callable[[requests.Response], None]) -> Iterator[Any]:
    """
    osmnx with settings of ours, each answer seen as it comes; everything as before at the end.

    Raises
    ------
    FetchError
        Whatever goes wrong between the machines, or an answer that nobody can read.
    """
    import osmnx

    settings = _settings(url, keep)
    before = {name: getattr(osmnx.settings, name) for name in settings}
    finds_machines = socket.getaddrinfo  # osmnx puts a function of its own in its place
    try:
        for name, value in settings.items():
            setattr(osmnx.settings, name, value)
        with failures_of(url):
            yield osmnx
    except CmcoordError:
        raise
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise problem(FetchError, "fetch.not_understood", host=host(url)) from error
    finally:
        socket.getaddrinfo = finds_machines
        for name, value in before.items():
            setattr(osmnx.settings, name, value)


def _settings(url: str, keep: Callable[[requests.Response], None]) -> dict[str, Any]:
    """Settings of osmnx: our addresses and name, no folder, no detour over other machines."""
    return {
        "overpass_url": address("overpass"),
        "nominatim_url": address("nominatim"),
        "overpass_rate_limit": True,
        "max_query_area_size": limit("km2_per_question") * KM_M**2,
        "requests_timeout": limit("timeout_s"),
        "requests_kwargs": {"hooks": {"response": _Watch(url, keep)}},
        "http_user_agent": AGENT,
        "http_referer": AGENT,
        "doh_url_template": None,
        "use_cache": False,
        "cache_only_mode": True,
        "log_file": False,
        "log_console": False,
    }


class _Watch:
    """
    Sees each answer that osmnx gets.

    osmnx itself asks a busy server for ever, and keeps in silence what came in part.

    Parameters
    ----------
    url : str
        Address that is asked.
    keep : callable
        Takes the answers that are fine.
    """

    def __init__(self, url: str, keep: Callable[[requests.Response], None]) -> None:
        self._url, self._keep = url, keep
        self._busy = self._waits = 0

    def __call__(self, response: requests.Response, **_: object) -> None:
        if response.is_redirect:
            return
        if response.status_code in _ASKS_AGAIN and self._busy < limit("patience"):
            self._busy += 1
            return
        check_answer(response, self._url)
        if response.request.method == "POST":
            self._busy = self._waits = 0
        elif self._waits >= limit("turns"):
            raise problem(FetchError, "fetch.busy", host=host(self._url))
        self._waits += 1
        self._keep(response)
