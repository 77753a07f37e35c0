"""Records of a file on the roads of a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from osm_world import write_world

from cmcoord_geo.errors import DataError
from cmcoord_geo.service import build_network_file
from cmcoord_geo.service.past import BUNDLED, load_past, month_name, parse_months

ROWS = """incident_id,occurred_at,lat,lon,class,precision
A,2020-01-05,5.7,20.63,robbery,1
B,2019-01-05,5.7,20.63,ambush,1
C,2020-01-05,5.7,20.63,threat,1
D,2020-01-05,5.7,20.63,robbery,6
E,2020-01-05,9.9,23.9,robbery,1
"""


def test_records_are_in_order_and_what_is_left_out_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text(ROWS, encoding="utf-8")
    build_network_file(
        [write_world(tmp_path / "w.osm")], tmp_path / "w.network", version="0", has_links=False
    )
    known = load_past(file, str(tmp_path / "w.network"))
    assert known.classes == ("ambush", "robbery")
    assert known.left_out == {"other_class": 1, "coarse": 1, "far": 1}
    assert known.past.month.tolist() == [12 * 2019, 12 * 2020]
    assert known.regions == ("Ouaka",)
    assert load_past(file, BUNDLED).past.first == 12 * 2020


def test_months_as_they_are_typed() -> None:
    assert parse_months("2018-01", "2020-12") == (12 * 2018, 12 * 2020 + 11)
    assert month_name(12 * 2018) == "2018-01"
    for pair in (("2018-00", "2018-02"), ("201-01", "2018-02"), ("2018-03", "2018-02")):
        with pytest.raises(DataError):
            parse_months(*pair)
