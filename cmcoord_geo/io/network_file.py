"""
A road network as one file of columns that loads fast: an ``.npz`` archive without pickled objects.

Texts are one block of lines each, words of small vocabularies are numbers, crossings and facts about the file
are JSON. It is written to a temporary name beside its own and renamed, so that no half of it is ever seen.
"""

from __future__ import annotations

import json
import os
import re
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import Crossing
from cmcoord_geo.i18n import Said, problem
from cmcoord_geo.io.files import regular_file
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.carried import CarriedCrossing, CarriedLink, CarriedLinks
from cmcoord_geo.network.columns import Texts, Words
from cmcoord_geo.network.gazetteer import OwnPlaces
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.osm.unread import UnreadTag
from cmcoord_geo.network.rivers import Rivers
from cmcoord_geo.network.traffic import Traffic
from cmcoord_geo.network.turns import Turns

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMAT = "cmcoord-geo network 1"
MAX_BYTES = 4 * 2**30
#: Age from which nobody can still be writing a part of a file.
_LEFT_S = 86_400
_TEXTS = ("node_ids", "segment_ids")
_WORDS = (
    *("node_names", "road_class", "route_ref", "surface", "season_zone"),
    *("status_dry", "status_wet"),
    *("max_vehicle_dry", "max_vehicle_wet", "confidence", "note"),
)
_NUMBERS = ("lon", "lat", "start", "end", "length_m", "length_low_m", "length_high_m")
_PLACES = ("place_ids", "names", "kinds", "others")
_TURNS = ("arcs", "first", "mask")
_TRAFFIC = ("forward", "backward", "duration_s")
#: What damaged bytes make the readers of columns raise.
_BROKEN = (
    *(ValueError, LookupError, TypeError, AttributeError, EOFError, OSError),
    *(RuntimeError, MemoryError, OverflowError),
)
_Arrays = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFacts:
    """
    What a network file says of itself.

    Attributes
    ----------
    sources : mapping
        Name of each source file to the SHA-256 of its bytes.
    osm_date : str
        Day of the data, ISO 8601; empty where the source does not say.
    built_with : str
        Version of the package.
    told : tuple of Said
        Findings of the build.
    unread : tuple of UnreadTag
        Tags that no table knows, each with an example.
    cut_nodes : tuple of str
        Ids of the nodes at which the extract was cut.
    """

    sources: Mapping[str, str]
    osm_date: str
    built_with: str
    told: tuple[Said, ...] = ()
    unread: tuple[UnreadTag, ...] = ()
    cut_nodes: tuple[str, ...] = ()


def write_network(network: RoadNetwork, facts: NetworkFacts, path: str | Path) -> Path:
    """
    Write a network.

    Raises
    ------
    DataError
        The system refuses.
    """
    where = Path(path)
    part = where.with_name(f".{where.name}.{os.getpid()}.part")
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        _clear_left(where)
        with part.open("wb") as file:
            np.savez(file, **_arrays(network, facts))
            file.flush()
            os.fsync(file.fileno())
        part.replace(where)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise problem(DataError, "service.unwritable", file=where.name, reason=reason) from error
    finally:
        part.unlink(missing_ok=True)
    return where


def _clear_left(where: Path) -> None:
    """Remove what a write that was killed (or a power cut) left beside a file, a day after."""
    old = re.compile(rf"\.{re.escape(where.name)}\.\d+\.part")
    for path in where.parent.iterdir():
        if old.fullmatch(path.name) and path.stat().st_mtime < time.time() - _LEFT_S:
            path.unlink(missing_ok=True)


def _arrays(network: RoadNetwork, facts: NetworkFacts) -> _Arrays:
    lines = network.lines if isinstance(network.lines, Lines) else Lines.of(network.lines)
    arrays: _Arrays = {key: getattr(network, key) for key in _NUMBERS}
    arrays |= {key: Texts.of(getattr(network, key)).block for key in _TEXTS}
    for key in _WORDS:
        arrays |= _coded(key, getattr(network, key))
    arrays |= {"points": lines.points, "first": lines.first}
    if network.traffic is not None:
        arrays |= _coded("names", network.traffic.names)
        arrays |= {key: getattr(network.traffic, key) for key in _TRAFFIC}
        if network.traffic.turns is not None:
            arrays |= {f"turn_{key}": getattr(network.traffic.turns, key) for key in _TURNS}
    arrays |= _surroundings(network)
    about = {
        "format": FORMAT,
        "is_schematic": network.is_schematic,
        "name": network.name,
        "source": network.source,
        "licence": network.licence,
        "crossings": [asdict(crossing) for crossing in network.crossings],
        "facts": asdict(facts),
    }
    if network.links is not None:
        about["links"] = asdict(network.links)
    if network.redrawn is not None:
        about["redrawn"] = dict(network.redrawn)
    arrays["about"] = _bytes(json.dumps(about, ensure_ascii=False))
    return arrays


def _surroundings(network: RoadNetwork) -> _Arrays:
    """Places and rivers, as far as the network has them."""
    arrays: _Arrays = {}
    if network.places is not None:
        arrays |= {f"place_{key}": Texts.of(getattr(network.places, key)).block for key in _PLACES}
        arrays |= {"place_lon": network.places.lon, "place_lat": network.places.lat}
    if network.rivers is not None:
        arrays |= {"river_names": Texts.of(network.rivers.names).block}
        arrays |= {"river_points": network.rivers.lines.points}
        arrays |= {"river_first": network.rivers.lines.first}
    return arrays


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _coded(key: str, column: Sequence[str]) -> _Arrays:
    """Words as numbers in a vocabulary."""
    words = column if isinstance(column, Words) else Words.of(column)
    return {key: words.codes, f"{key}_words": Texts.of(words.vocabulary).block}


def read_network(path: str | Path) -> tuple[RoadNetwork, NetworkFacts]:
    """
    Read a network that :func:`write_network` wrote.

    Raises
    ------
    UnsafeFileError
        It is no regular file, or an address.
    DataError
        It is not there, is of another kind, or is damaged.
    """
    where = regular_file(path, max_bytes=MAX_BYTES)
    try:
        with where.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            return _network(archive, where.name)
    except DataError:
        raise
    except (*_BROKEN, zipfile.BadZipFile) as error:
        raise problem(DataError, "network_file.broken", file=where.name) from error


def _network(archive: Mapping[str, Any], file: str) -> tuple[RoadNetwork, NetworkFacts]:
    about = json.loads(_text(archive["about"]))
    if about["format"] != FORMAT:
        found = about["format"]
        raise problem(DataError, "network_file.format", file=file, found=found, wanted=FORMAT)
    traffic = None
    if "names" in archive:
        traffic = Traffic(
            names=_decoded(archive, "names"),
            **{key: archive[key] for key in _TRAFFIC},
            turns=_turns(archive),
        )
    columns: _Arrays = {key: Texts(archive[key]) for key in _TEXTS}
    columns |= {key: _decoded(archive, key) for key in _WORDS}
    columns |= {key: archive[key] for key in _NUMBERS}
    for key in ("length_low_m", "length_high_m"):  # one array for three where there is no range
        if np.array_equal(columns[key], columns["length_m"]):
            columns[key] = columns["length_m"]
    columns |= {key: about[key] for key in ("is_schematic", "name", "source", "licence")}
    network = RoadNetwork(
        **columns,
        lines=Lines(archive["points"], archive["first"]),
        crossings=tuple(map(_crossing, about["crossings"])),
        traffic=traffic,
        places=_places(archive),
        rivers=_rivers(archive),
        links=_links(about.get("links")),
        redrawn=about.get("redrawn"),
    )
    return network, _facts(about["facts"])


def _facts(row: Mapping[str, Any]) -> NetworkFacts:
    return NetworkFacts(
        **{
            **row,
            "told": tuple(Said(**one) for one in row["told"]),
            "unread": tuple(UnreadTag(**one) for one in row.get("unread", ())),
            "cut_nodes": tuple(row.get("cut_nodes", ())),
        }
    )


def _places(archive: Mapping[str, Any]) -> OwnPlaces | None:
    if "place_lon" not in archive:
        return None
    lon, lat = archive["place_lon"], archive["place_lat"]
    columns = {key: _texts(archive[f"place_{key}"], len(lon)) for key in _PLACES}
    return OwnPlaces(lon=lon, lat=lat, **columns)


def _rivers(archive: Mapping[str, Any]) -> Rivers | None:
    if "river_first" not in archive:
        return None
    lines = Lines(archive["river_points"], archive["river_first"])
    return Rivers(names=_texts(archive["river_names"], len(lines)), lines=lines)


def _links(rows: Mapping[str, Any] | None) -> CarriedLinks | None:
    if rows is None:
        return None
    return CarriedLinks(
        links=tuple(map(_link, rows["links"])),
        crossings=tuple(
            CarriedCrossing(**{**row, "name": Said(**row["name"])}) for row in rows["crossings"]
        ),
        elsewhere=rows["elsewhere"],
    )


def _link(row: Mapping[str, Any]) -> CarriedLink:
    low, high = row["told_km"]
    return CarriedLink(
        link_id=row["link_id"],
        title=row["title"],
        km=row["km"],
        told_km=(low, high),
        roads=tuple(tuple((key, is_on) for key, is_on in road) for road in row["roads"]),
        why=Said(**row["why"]) if row["why"] else None,
    )


def _texts(block: NDArray[np.uint8], count: int) -> Texts:
    return Texts(block, is_empty=not count)


def _turns(archive: Mapping[str, Any]) -> Turns | None:
    if "turn_arcs" not in archive:
        return None
    return Turns(*(archive[f"turn_{key}"] for key in _TURNS))


def _text(block: NDArray[np.uint8]) -> str:
    return block.tobytes().decode()


def _decoded(archive: Mapping[str, Any], key: str) -> Words:
    return Words(archive[key], tuple(Texts(archive[f"{key}_words"])))


def _crossing(row: Mapping[str, Any]) -> Crossing:
    told = {**row, "name": Said(**row["name"]), "aliases": tuple(row.get("aliases", ()))}
    return Crossing(**told)
