"""Return traps by names: usual places, those of the week, and what is on no network."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sharing import week
from towns import town, with_traffic

from cmcoord_geo.errors import DataError
from cmcoord_geo.model import VehicleCount
from cmcoord_geo.picture import Patrols
from cmcoord_geo.service.return_traps import release_return_traps
from cmcoord_geo.sharing import Audience


def released(picture, audience: Audience = week.OWNER, **asked: object):
    return release_return_traps(picture, audience, week.CONFIG, days=2, **asked)


def names(view) -> set[str]:
    return {trap.place for trap in view.traps}


def test_usual_places_and_where_the_week_goes() -> None:
    picture = week.picture()
    view = released(picture, base="Sibut")
    assert view.base == "Sibut"
    assert {"Bangui", "Bambari"} <= names(view), "towns with a cell"
    assert "Grimari" in names(view), "where a movement of the week goes"
    assert view.missing == ()


def test_a_partner_is_told_of_its_own_destinations() -> None:
    other = Audience(kind="owner", organisation="ORG-NONE")
    assert "Grimari" not in names(released(week.picture(), other, base="Sibut"))


@pytest.mark.parametrize("word", ["5.7, 19.1", "Nowhereville"])
def test_what_the_bundled_network_has_not_is_refused(word: str) -> None:
    with pytest.raises(DataError):
        released(week.picture(), base="Sibut", targets=(word,))


def surveyed():
    """A map without any usual place: the week goes from A to C on it."""
    network = with_traffic(town("A--B--C", road_class="primary"))
    asked = replace(
        week.request("M-1", "ORG-A", "SBT GRI", week.at(1, 7)),
        origin="A",
        destination="C",
        vehicles=(VehicleCount(vehicle_id="lv_4x4", count=2),),
    )
    return replace(week.picture((asked,)), network=network, status=(), patrols=Patrols.empty())


def test_without_a_usual_place_the_week_says_from_where_and_to_where() -> None:
    picture = surveyed()
    view = released(picture)
    assert (view.base, names(view), len(view.traps)) == ("A", {"C"}, 1)
    assert "Bambari" in view.missing
    position = f"{picture.network.lat[1] + 0.001:.4f}, {picture.network.lon[1]:.4f}"
    view = released(picture, targets=(position,))
    assert len(view.told) == 1, "moved to its junction"


def test_nothing_to_ask_about_is_an_error() -> None:
    with pytest.raises(DataError):
        released(replace(surveyed(), movements=()))
