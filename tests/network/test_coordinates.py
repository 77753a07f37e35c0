"""Positions as people write them, and what is said of those that cannot be meant (hazard H6)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from towns import town

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import Said
from cmcoord_geo.network.coordinates import CAR, Area, find_position
from cmcoord_geo.units import CAR_BOX

BANGUI = (18.555, 4.361)
WORLD = Area(west=-180, south=-90, east=180, north=90)
LATS = st.floats(CAR.south + 1e-5, CAR.north - 1e-5)
LONS = st.floats(CAR.west + 1e-5, CAR.east - 1e-5)


def at(text: str, *, area: Area = CAR) -> tuple[float, float]:
    found = find_position(text, area=area)
    assert found is not None
    return found.lon, found.lat


@pytest.mark.parametrize(
    "text",
    [
        *("4.361,18.555", " 4.361 , 18.555 ", "4.361 18.555", "4.361;18.555", "4.361N 18.555E"),
        *("4.361° N, 18.555° E", "4°21'39.6\"N 18°33'18\"E", "4°21'39.6''N, 18°33'18''E"),
        *("34N 228633.2 482471.3", "34 N, 228633.2, 482471.3", "34NBK 28633 82471"),
    ],
)
def test_bangui(text: str) -> None:
    assert at(text) == pytest.approx(BANGUI, abs=2e-5)


def test_notation_and_doubt_are_told() -> None:
    kinds = [find_position(text) for text in ("4.361 18.555", "34N 228633 482471", "34NBK 286 824")]
    assert [(found.notation, found.doubt_m) for found in kinds] == [
        *(("degrees", 0), ("utm", 0), ("mgrs", 50))
    ]


@pytest.mark.parametrize("text", ["Bangui", "BBY", "", "4.361", "RN 2", "N2", "PK 12, PK 13"])
def test_a_name_is_no_position(text: str) -> None:
    assert find_position(text) is None


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("18.555, 4.361", "write 4.361, 18.555."),
        ("18°33'18\"N 4°21'36\"E", "write 4.36, 18.555."),
        ("4.361 -18.555", "write 4.361, 18.555."),
        ("4,361N 18,555O", "write 4.361, 18.555."),
        (
            "33N 228633 482471",
            "in UTM zone 34 it lies inside. If that is the point, write 4.361, 18.555.",
        ),
        ("37N 500000 500000", "UTM zone 35 it lies inside"),
        ("34N 1482471 228633", "write 34N 228633 1482471."),
    ],
)
def test_what_was_probably_meant_is_shown_and_never_taken(text: str, fixed: str) -> None:
    with pytest.raises(DataError) as caught:
        find_position(text)
    assert fixed in str(caught.value)


@pytest.mark.parametrize("text", ["48.85, 2.35", "118.5,4.3", "4.3,200", "45N 500000 500000"])
def test_outside_both_ways_names_the_box(text: str) -> None:
    with pytest.raises(DataError, match=r"latitude 2 to 11\.5, longitude 14 to 28"):
        find_position(text)


def test_the_network_says_where_a_position_can_lie() -> None:
    network = town("A--B")
    assert Area.around(network) == CAR
    malta = replace(network, lon=network.lon - 5.6, lat=network.lat + 28.9)
    area = Area.around(malta)
    assert at("35.9, 14.4", area=area) == (14.4, 35.9)
    with pytest.raises(DataError, match=r"write 35\.9, 14\.4"):
        find_position("14.4, 35.9", area=area)
    with pytest.raises(DataError, match=r"latitude 35\.4 to 36\.4"):
        find_position("4.361, 18.555", area=area)


def test_a_network_that_reaches_over_the_border_widens_the_box() -> None:
    network = town("A--B")
    wide = replace(network, lon=network.lon * [1.0, 1.45])
    assert Area.around(wide).east == pytest.approx(wide.lon.max() + 0.5)
    assert Area.around(wide).west == CAR_BOX[0]


@given(LATS, LONS)
@settings(deadline=None)
def test_decimal_degrees_come_back_with_point_and_comma(lat: float, lon: float) -> None:
    written = (f"{lat:.6f}", f"{lon:.6f}")
    assert at(",".join(written)) == pytest.approx((lon, lat), abs=1e-6)
    assert at(" ".join(written).replace(".", ",")) == pytest.approx((lon, lat), abs=1e-6)


@given(LATS, LONS, st.sampled_from([33, 34, 35]))
@settings(deadline=None)
def test_utm_comes_back_as_pyproj_says(lat: float, lon: float, zone: int) -> None:
    to_metres = Transformer.from_crs("epsg:4326", f"epsg:326{zone}", always_xy=True)
    east, north = to_metres.transform(lon, lat)
    if 100_000 <= east <= 900_000:
        text = f"{zone}N {east:.2f} {north:.2f}"
        assert at(text) == pytest.approx((lon, lat), abs=1e-6)


@given(LATS, LONS)
@settings(deadline=None)
def test_a_swapped_position_is_always_found_out(lat: float, lon: float) -> None:
    with pytest.raises(DataError, match="In the other order"):
        find_position(f"{lon:.6f}, {lat:.6f}")


@given(
    st.text(max_size=40)
    | st.text(alphabet="0123456789.,;: °'\"NSEWOXYDM+-", max_size=30)
    | st.from_regex(r"[0-9]{1,2}[A-Z] ?[A-Z]{0,2} ?[0-9 ]{0,14}", fullmatch=True)
)
@settings(deadline=None)
def test_any_text_is_a_position_or_none_or_refused(text: str) -> None:
    try:
        found = find_position(text)
    except DataError:
        return
    assert found is None or CAR.holds(found.lon, found.lat)


@pytest.mark.parametrize(
    ("text", "how", "point"),
    [
        ("35N 228633.2 482471.3", "the same metres in UTM zone 34", BANGUI),
        ("34N 482471.3 228633.2", "easting and northing exchanged", BANGUI),
        ("4.2140, 18.3318", "degrees, minutes and seconds", (18.555, 4.36111)),
        ("4,21 18,33", "degrees, minutes and seconds", (18.55, 4.35)),
    ],
)
def test_what_the_figures_could_mean_as_well_is_kept(
    text: str, how: str, point: tuple[float, float]
) -> None:
    others = [other for other in find_position(text).others if how in other.how.en]
    assert [(other.lon, other.lat) for other in others] == [pytest.approx(point, abs=1e-5)]


@pytest.mark.parametrize("text", ["4.361, 18.555", "4.6140, 18.3318", "34NBK 28633 82471"])
def test_most_figures_mean_one_point(text: str) -> None:
    assert find_position(text).others == ()


def test_where_both_orders_lie_inside_the_other_is_kept() -> None:
    (other,) = find_position("30.5, 31.5", area=Area(west=30, south=30, east=32, north=32)).others
    assert (other.lat, other.lon) == (31.5, 30.5)
    assert "exchanged" in other.how.en


def test_a_refusal_says_how_it_was_read_and_what_lies_there_the_other_way_round() -> None:
    with pytest.raises(DataError) as caught:
        find_position("20.0, 6.1")
    assert str(caught.value) == (
        "“20.0, 6.1”, read as latitude 20, longitude 6.1 (latitude comes first), lies outside CAR and its "
        "surroundings. In the other order 6.1, 20.0 lies inside (40 km north of Grimari). If that is the "
        "point, write 6.1, 20.0."
    )
    assert isinstance(caught.value.said, Said)
    assert "n’est pas dans la RCA et ses abords" in caught.value.said.fr
    malta = Area(west=14.0, south=35.5, east=15.0, north=36.5)
    with pytest.raises(DataError, match="outside the extent of this network") as caught:
        find_position("14.5, 35.9", area=malta)
    assert "CAR" not in str(caught.value)
