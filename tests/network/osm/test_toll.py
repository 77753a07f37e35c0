"""For whom a road costs a toll."""

from __future__ import annotations

import pytest

from cmcoord_geo.network import way_access
from cmcoord_geo.network.osm.toll import is_tolled, unread_toll

VEHICLES = ("motorbike", "lv_4x4", "truck_6x6", "heavy_truck", "tanker")
ALL, CARS, TRUCKS = "mltht", "-l---", "--tht"


@pytest.mark.parametrize(
    ("tags", "who"),
    [
        *[({}, "-----"), ({"toll": "no"}, "-----"), ({"toll": "yes"}, ALL), ({"toll": "Yes"}, ALL)],
        *[({"toll:hgv": "yes"}, TRUCKS), ({"toll:goods": "yes"}, TRUCKS)],
        *[({"toll:motorcar": "yes"}, CARS), ({"toll:motorcycle": "yes"}, "m----")],
        *[
            ({"toll": "no", "toll:hgv": "yes"}, TRUCKS),
            ({"toll": "yes", "toll:hgv": "no"}, "ml---"),
        ],
        *[({"toll": "yes", "toll:hazmat": "no"}, ALL), ({"toll:motor_vehicle": "yes"}, ALL)],
        *[({"toll": "hgv"}, TRUCKS), ({"toll": "bus"}, "-----"), ({"toll:bus": "yes"}, "-----")],
        *[({"toll": "perhaps"}, ALL), ({"toll:N3": "yes"}, ALL), ({"toll:N3": "no"}, "-----")],
        *[({"toll:conditional": "yes @ (Mo-Fr)"}, ALL), ({"toll:forward": "yes"}, ALL)],
        *[
            ({"toll:hgv:conditional": "yes @ (Mo-Fr)"}, TRUCKS),
            ({"toll:hgv:backward": "yes"}, TRUCKS),
        ],
        *[({"toll:conditional": "no @ (Su)", "toll": "no"}, "-----"), ({"charge": "500 XAF"}, ALL)],
        *[({"charge": "500 XAF", "toll": "no"}, "-----"), ({"charge:hgv": "2000 XAF"}, TRUCKS)],
    ],
)
def test_who_pays(tags: dict[str, str], who: str) -> None:
    found = [is_tolled(tags, vehicle) for vehicle in VEHICLES]
    assert found == [letter != "-" for letter in who]


def test_a_toll_flags_and_closes_nothing() -> None:
    tags = {"highway": "primary", "toll:hgv": "yes"}
    assert way_access(tags, "truck_6x6").flags == {"toll"}
    assert way_access(tags, "truck_6x6").forward
    assert way_access(tags, "lv_4x4").flags == set()


def test_what_no_table_knows_is_counted() -> None:
    assert list(unread_toll({"toll": "perhaps", "toll:hgv": "odd"})) == [
        "toll=perhaps",
        "toll:hgv=odd",
    ]
    assert list(unread_toll({"toll:N3": "yes"})) == ["toll:N3=yes"]
    assert list(unread_toll({"toll": "hgv", "toll:bus": "yes", "toll:forward": "no"})) == []
