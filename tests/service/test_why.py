"""``incidents why``: the records behind the figure of a road."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import data_dir
from cmcoord_geo.service.why import Why, ask_why, why_lines
from cmcoord_geo.units import BANGUI

EXERCISE = data_dir() / "exercise"


def lines(why: Why) -> list[str]:
    return [line.en for line in why_lines(why)]


def test_a_figure_is_told_with_its_records_newest_first() -> None:
    found = ask_why("Sibut-Grimari", EXERCISE)
    assert found.segments == ("L042",)
    assert found.is_exercise
    assert found == ask_why("L042", EXERCISE)
    assert found.mean is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.mean <= found.high
    assert sum(found.by_class.values()) == pytest.approx(found.mean)
    assert found.records
    ages = [record.age_days for record in found.records]
    assert ages == sorted(ages)
    told = lines(found)
    assert told[0] == "Sibut–Grimari, 118 km, on 2026-11-29"
    assert sum("source exercise" in line for line in told) == len(found.records)


def test_where_no_source_speaks_nothing_is_low() -> None:
    found = ask_why("L042", EXERCISE, at=datetime(2029, 1, 1, 12, tzinfo=BANGUI))
    assert found.mean is None
    assert found.exposure_class == 0
    told = " ".join(lines(found))
    assert "This does not mean low" in told
    assert "of what happened since, nothing is known" in told
    assert (
        f"in no figure (a class that is not on the road, or that no source covers here): {len(found.records)}"
        in told
    )


def test_a_file_alone_and_a_road_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        "incident_id,occurred_at,lat,lon,class,precision\nA,2026-11-01,5.73,19.6,ordnance,1\n",
        encoding="utf-8",
    )
    found = ask_why("L042", path, at=datetime(2026, 11, 20, 12, tzinfo=BANGUI))
    assert [record.incident_id for record in found.ordnance] == ["A"]
    told = " ".join(lines(found))
    assert "Explosive ordnance: 1 record" in told
    assert "no source, nothing can be said" not in told
    with pytest.raises(DataError) as caught:
        ask_why("L999", path)
    assert "L999" in caught.value.said.fr


def test_a_record_of_a_class_off_the_road_is_behind_no_figure(tmp_path: Path) -> None:
    head = "incident_id,occurred_at,lat,lon,class,precision"
    rows = [f"R{n},2026-{8 + n // 28:02d}-{1 + n % 28:02d},5.73,19.6,robbery,1" for n in range(80)]
    path = tmp_path / "log.csv"
    path.write_text("\n".join([head, *rows, "T,2026-10-01,5.73,19.6,threat,1"]), encoding="utf-8")
    found = ask_why("L042", path, at=datetime(2026, 10, 25, 12, tzinfo=BANGUI))
    told = lines(found)
    (behind,) = [line for line in told if line.startswith("Events behind this figure")]
    assert behind.endswith(" 80.")
    (apart,) = [line for line in told if "in no figure" in line]
    assert apart.endswith(" 1.")
    assert "threat" in told[told.index(apart) + 1]
