"""
EXERCISE: an invented OpenStreetMap extract with everything that one of the Central African Republic has.

Towns stand where the gazetteer puts them; every road, river, bridge, ferry and barrier between them is made
up here, and nothing is copied from OpenStreetMap. In brackets the numbers of the ways::

    Kaga-Bandoro                                        Ippy --- RN5, seasonal (51), conditional (52) --- Bria
      |  RN8: broken bridge (81), ford (84)               |
    Dékoa                                                 |  rain barrier
      |                                                   |
    Sibut --- RN2, rain barrier (22) --- Grimari --+-- weak bridge (24), broken bridge (31), ferry (27)
      |                                            |
    Damara: construction (41), private (42)     Bambari --- RN2 --- Alindao --- Mobaye: border, ferry (93)
      |                                            |
    PK 12: checkpoints                             |  path (71), pirogues (72, 73), track (75)
      |                                            |
    Bangui: avenue (11, 12), roundabout (15)    Kouango
"""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

from osm_world import Relation, write_world

Tags = dict[str, str]

#: Towns at the coordinates of the gazetteer: longitude, latitude.
TOWNS = {
    "Bangui": (18.555, 4.361),
    "Damara": (18.704, 4.961),
    "Sibut": (19.074, 5.718),
    "Grimari": (20.056, 5.739),
    "Bambari": (20.676, 5.768),
    "Ippy": (21.225, 6.268),
    "Bria": (21.986, 6.542),
    "Dékoa": (19.067, 6.316),
    "Kaga-Bandoro": (19.187, 6.99),
    "Kouango": (19.962, 4.993),
    "Alindao": (21.209, 5.027),
    "Mobaye": (21.179, 4.319),
}
#: Junctions, bridge heads, landings and the like, all invented.
SPOTS = {
    # Bangui: avenue of two carriageways (west bound north, east bound south), roundabout, blocks
    "av1": (18.550, 4.3700), "av2": (18.554, 4.3700), "av3": (18.558, 4.3700),
    "bv1": (18.550, 4.3698), "bv2": (18.554, 4.3698), "bv3": (18.558, 4.3698),
    "ra": (18.5600, 4.3699), "rb": (18.5603, 4.3702), "rc": (18.5606, 4.3699), "rd": (18.5603, 4.3696),
    "port": (18.5495, 4.3650), "marché": (18.554, 4.3610), "dépôt": (18.554, 4.3790),
    "école": (18.550, 4.3790),
    "pk12": (18.5500, 4.4500), "pk11": (18.5550, 4.4400), "pk13": (18.5560, 4.4600),
    "mine": (18.80, 5.20), "camp": (18.72, 5.02), "chantier": (18.90, 5.30),
    # RN2 east of Sibut
    "pluie": (19.30, 5.722), "galafondo": (19.60, 5.73), "km40": (20.30, 5.75),
    "faible_o": (20.400, 5.755), "faible_e": (20.4006, 5.755),
    "bac_o": (20.395, 5.690), "bac_e": (20.403, 5.690),
    "rompu_o": (20.398, 5.820), "rompu_e": (20.3986, 5.820), "km60": (20.50, 5.76),
    "piste_n": (20.2, 5.9),
    # Bambari to Kouango and Alindao
    "sentier": (20.55, 5.45), "rive_n": (20.30, 5.20), "rive_s": (20.296, 5.195),
    "rive_x": (20.302, 5.202), "rive_y": (20.298, 5.196), "digue": (20.62, 5.30), "digue_s": (20.40, 4.98),
    # RN5
    "barrage": (21.00, 6.05), "km20": (21.60, 6.42),
    # RN8
    "pont8_s": (19.10, 6.60), "pont8_n": (19.1005, 6.6005), "gué": (19.115, 6.603),
    # Mobaye
    "douane": (21.180, 4.320), "embarcadère": (21.1805, 4.3160), "mobayi": (21.1810, 4.3080),
    "pk5": (21.19, 4.36), "loin": (21.30, 4.40),
    # villages
    "bokolo": (19.80, 5.60), "ndimba": (20.15, 5.95), "ngaza": (21.65, 6.44), "île": (22.40, 6.90),
    "île2": (22.45, 6.95),
}  # fmt: skip
NODE_TAGS: dict[str, Tags] = {
    **{name: {"place": "town", "name": name} for name in TOWNS},
    "Bangui": {"place": "city", "name": "Bangui", "name:sg": "Bangî"},
    "bokolo": {"place": "village", "name": "Bokolo-Essai"},
    "ndimba": {"place": "hamlet", "name": "Ndimba-Essai", "alt_name": "Ndimba 2"},
    "ngaza": {"place": "village", "name": "Ngaza-Essai"},
    "île": {"place": "village", "name": "Zinga-Essai"},
    "pk12": {"barrier": "checkpoint", "name": "PK 12"},
    "km40": {"barrier": "checkpoint", "military": "checkpoint", "access": "yes"},
    "pluie": {"barrier": "lift_gate", "name": "Barrière de pluie de Galafondo"},
    "barrage": {"barrier": "rain_barrier"},
    "gué": {"ford": "yes", "name": "Gué de la Nana-Essai"},
    "douane": {"barrier": "border_control", "name": "Mobaye"},
    "dépôt": {"barrier": "gate", "access": "yes"},
    "pk11": {"military": "checkpoint", "name": "PK 11"},
}
#: Nodes off the roads: they are there to be passed over.
BYSTANDERS: dict[str, tuple[tuple[float, float], Tags]] = {
    "hôpital": ((20.670, 5.771), {"amenity": "hospital", "name": "Hôpital d’essai"}),
    "piste": ((20.65, 5.85), {"aeroway": "aerodrome", "name": "Piste d’essai", "icao": "FEXX"}),
    "oubangui": ((18.6, 4.3), {"place": "island", "name": "Île d’essai"}),
}

PAVED = {"highway": "trunk", "surface": "asphalt"}
RED = {"highway": "trunk", "surface": "laterite"}
STREET = {"highway": "tertiary", "surface": "asphalt"}

#: Way id to its spots and tags. Between two spots farther apart than a bend the way winds.
WAYS: dict[int, tuple[str, Tags]] = {
    # Bangui
    11: ("av3 av2 av1", {**PAVED, "oneway": "yes", "ref": "RN2", "name": "Avenue d’essai"}),
    12: ("bv1 bv2 bv3", {**PAVED, "oneway": "yes", "ref": "RN2", "name": "Avenue d’essai"}),
    13: ("bv3 rd", {**PAVED, "oneway": "yes"}),
    14: ("rb av3", {**PAVED, "oneway": "yes"}),
    15: ("ra rd rc rb ra", {**PAVED, "junction": "roundabout"}),
    16: ("av2 bv2", STREET),
    17: ("bv2 marché", STREET),
    18: ("av2 dépôt", STREET),
    19: ("av1 école", STREET),
    20: ("école dépôt", {"highway": "residential", "surface": "unpaved"}),
    110: ("bv1 port", STREET),
    111: ("port marché", STREET),
    112: ("marché Bangui", STREET),
    113: ("av1 bv1", STREET),
    114: ("rc pk11", {**PAVED, "ref": "RN2"}),
    115: ("pk11 pk12", {**PAVED, "ref": "RN2"}),
    116: ("pk12 pk13", {**PAVED, "ref": "RN2"}),
    # RN2
    21: ("pk13 Damara Sibut", {**PAVED, "ref": "RN2", "smoothness": "intermediate"}),
    22: ("Sibut pluie galafondo Grimari", {**RED, "ref": "RN2"}),
    23: ("Grimari km40", {"highway": "trunk", "surface": "unpaved", "ref": "RN2"}),
    29: ("km40 faible_o", {**RED, "ref": "RN2"}),
    24: ("faible_o faible_e", {**RED, "ref": "RN2", "bridge": "yes", "maxweight": "5"}),
    25: ("faible_e km60", {**RED, "ref": "RN2"}),
    36: ("km60 Bambari", {"highway": "trunk", "ref": "RN2"}),
    26: ("km40 bac_o", {"highway": "unclassified", "surface": "laterite"}),
    27: (
        "bac_o bac_e",
        {"route": "ferry", "name": "Bac d’essai", "duration": "00:25", "motor_vehicle": "yes",
         "foot": "yes", "maxweight": "30", "capacity": "2", "opening_hours": "Mo-Su 06:00-17:30"},
    ),
    28: ("bac_e km60", {"highway": "unclassified", "surface": "laterite"}),
    30: ("km40 rompu_o", {"highway": "secondary", "surface": "laterite"}),
    31: ("rompu_o rompu_e", {"highway": "secondary", "bridge": "yes", "access": "no", "note": "effondré"}),
    32: ("rompu_e km60", {"highway": "secondary", "surface": "laterite"}),
    33: ("Grimari piste_n ndimba", {"highway": "track", "tracktype": "grade4"}),
    34: ("galafondo bokolo", {"highway": "tertiary", "surface": "dirt", "maxaxleload": "6t mgw"}),
    35: ("bokolo Grimari", {"highway": "tertiary", "surface": "sand"}),
    # Damara
    41: ("Damara chantier", {"highway": "construction", "construction": "trunk", "ref": "RN4"}),
    42: ("Damara mine", {"highway": "service", "access": "private", "name": "Route de la mine d’essai"}),
    43: ("Damara camp", {"highway": "service", "access": "military"}),
    44: ("mine Sibut", {"highway": "track", "access": "private"}),
    45: ("Damara chantier", {"disused:highway": "tertiary"}),
    46: ("Damara chantier", {"abandoned:highway": "track", "abandoned": "yes"}),
    # RN5 and the east
    50: ("Bambari barrage", {**RED, "ref": "RN5"}),
    51: ("barrage Ippy", {**RED, "ref": "RN5", "seasonal": "wet_season"}),
    52: (
        "Ippy km20 ngaza Bria",
        {"highway": "primary", "ref": "RN5", "motor_vehicle:conditional": "no @ (wet)"},
    ),
    53: ("Ippy ngaza", {"highway": "track", "seasonal": "dry_season", "4wd_only": "yes"}),
    54: ("Bria île", {"highway": "track", "access": "perhaps"}),
    55: ("île île2", {"highway": "road"}),
    # Bambari, Kouango, Alindao, Mobaye
    70: ("Bambari sentier", {"highway": "tertiary"}),
    71: ("sentier rive_n", {"highway": "path"}),
    72: ("rive_n rive_s", {"route": "ferry", "name": "Pirogue d’essai", "foot": "yes", "motorcycle": "yes",
                           "duration": "PT15M"}),
    73: ("rive_x rive_y", {"route": "ferry", "foot": "yes", "name": "Pirogue à pied"}),
    74: ("rive_s Kouango", {"highway": "path", "width": "1"}),
    75: ("sentier digue digue_s", {"highway": "track", "tracktype": "grade5", "smoothness": "very_bad"}),
    76: ("digue_s Kouango", {"highway": "track", "4wd_only": "yes"}),
    77: ("rive_n rive_x", {"highway": "path"}),
    78: ("rive_s rive_y", {"highway": "path"}),
    79: ("Bambari Alindao", {**RED, "ref": "RN2"}),
    80: ("Alindao pk5 douane", {"highway": "trunk", "surface": "dirt", "ref": "RN22"}),
    # RN8
    81: (
        "pont8_s pont8_n",
        {"highway": "trunk", "bridge": "yes", "bridge:condition": "collapsed", "ref": "RN8"},
    ),
    82: ("Sibut Dékoa pont8_s", {**RED, "ref": "RN8"}),
    83: ("pont8_n Kaga-Bandoro", {**RED, "ref": "RN8"}),
    84: ("pont8_s gué pont8_n", {"highway": "track", "4wd_only": "yes"}),
    85: ("Dékoa pont8_s", {"highway": "track", "tracktype": "grade3"}),
    # Mobaye
    91: ("douane Mobaye", {"highway": "residential"}),
    92: ("Mobaye embarcadère", {"highway": "residential"}),
    93: ("embarcadère mobayi", {"route": "ferry", "name": "Bac de Mobaye", "maxweight": "28 st"}),
    94: ("pk5 loin", {"highway": "footway"}),
    95: ("pk5 loin", {"highway": "cow_trail"}),
    # what is no road
    201: ("Damara mine chantier", {"waterway": "river", "name": "Ombella-Essai"}),
    202: ("piste_n faible_o bac_o digue_s", {"waterway": "river", "name": "Ouaka-Essai"}),
    203: ("camp mine", {"waterway": "stream"}),
    204: ("camp chantier", {"aeroway": "runway", "surface": "laterite"}),
    205: ("camp mine chantier camp", {"landuse": "farmland"}),
    206: ("camp mine", {"power": "line"}),
}  # fmt: skip

_BEND_DEGREE, _SWAY = 0.08, 0.012
_ALL = {**TOWNS, **SPOTS, **{name: spot for name, (spot, _) in BYSTANDERS.items()}}
NUMBER = {name: 1000 + i for i, name in enumerate(_ALL)}
#: A node that no file has, for the ways cut by the edge of an extract.
GONE = 999_999


def write_car(
    path: Path, *, without: tuple[int, ...] = (), turns: dict[int, Relation] | None = None
) -> Path:
    """Write the extract as OSM XML, without some of its ways or with other banned turns if so asked."""
    nodes = {NUMBER[name]: spot for name, spot in _ALL.items()}
    tags = {NUMBER[name]: what for name, what in NODE_TAGS.items()}
    tags |= {NUMBER[name]: what for name, (_, what) in BYSTANDERS.items()}
    ways: dict[int, tuple[list[int], Tags]] = {}
    for way, (spots, what) in WAYS.items():
        if way not in without:
            ways[way] = (_wound(way, [NUMBER[name] for name in spots.split()], nodes), what)
    ways[301] = ([NUMBER["loin"], GONE, NUMBER["pk5"]], {"highway": "track"})  # edge of the extract
    ways[302] = ([NUMBER["Bria"]], {"highway": "residential"})  # a way with one node
    ways[303] = (list(ways.get(28, ([], {}))[0]), {"highway": "track"})  # drawn twice
    return write_world(
        path,
        nodes=nodes,
        node_tags=tags,
        ways=ways,
        relations=TURNS if turns is None else turns,
        stamp="2026-11-01T00:00:00Z",
    )


def _wound(way: int, refs: list[int], nodes: dict[int, tuple[float, float]]) -> list[int]:
    """Nodes of a way with bends between those that lie far apart; the bends are added to the nodes."""
    found = refs[:1]
    for here, then in pairwise(refs):
        (x, y), (to_x, to_y) = nodes[here], nodes[then]
        away = math.hypot(to_x - x, to_y - y)
        count = int(away / _BEND_DEGREE)
        for i in range(1, count + 1):
            share = i / (count + 1)
            sway = _SWAY * math.sin(math.pi * share * (count + 1) / 1.7 + way)
            number = 1_000_000 + 1000 * way + len(found)
            nodes[number] = (
                round(x + share * (to_x - x) - sway * (to_y - y) / away, 7),
                round(y + share * (to_y - y) + sway * (to_x - x) / away, 7),
            )
            found.append(number)
        found.append(then)
    return found


def _turn(value: str, start: int, via: str | int, end: int, **more: str) -> Relation:
    over = ("via", "node", NUMBER[via]) if isinstance(via, str) else ("via", "way", via)
    members = [("from", "way", start), over, ("to", "way", end)]
    return members, {"type": "restriction", "restriction": value, **more}


TURNS: dict[int, Relation] = {
    1: _turn("no_left_turn", 12, "bv2", 16),  # no turning round through the gap of the avenue
    2: _turn("only_straight_on", 17, "bv2", 16),
    3: _turn("no_u_turn", 17, 16, 12),
    4: _turn("no_right_turn", 18, "av2", 11, **{"except": "motorcycle"}),
    5: _turn("no_entry", 20, "dépôt", 999),  # a member that no file has
}
