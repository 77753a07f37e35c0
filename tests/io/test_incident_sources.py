"""Periods of sources over several imports: they grow, and no gap is papered over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from records import DRY, Event, incidents, source

from cmcoord_geo.io.incident_sources import completed, united_sources

OLD = replace(source("robbery", days=100, last=DRY - timedelta(days=120)), is_assumed=True)
NEW = replace(source("ambush", days=100), is_assumed=True)


def test_periods_that_meet_are_one() -> None:
    (found,), told = united_sources([OLD, NEW])
    assert (found.first, found.last) == (OLD.first, NEW.last)
    assert found.classes == ("ambush", "robbery")
    assert told == ()
    assert united_sources([NEW, OLD])[0] == (found,)


def test_a_gap_is_told_and_the_latest_period_alone_declared() -> None:
    far = replace(OLD, first=OLD.first - timedelta(days=200), last=OLD.last - timedelta(days=200))
    for pair in ([far, NEW], [NEW, far]):
        (found,), (told,) = united_sources(pair)
        assert (found.first, found.last) == (NEW.first, NEW.last)
        assert "nothing is known" in told.said.en


def test_what_somebody_declared_stands() -> None:
    declared = replace(OLD, is_assumed=False)
    assert united_sources([declared, NEW])[0] == (declared,)
    assert united_sources([NEW, declared])[0] == (declared,)


def test_one_word_against_export_holds() -> None:
    (found,), _ = united_sources([OLD, replace(NEW, has_export=False)])
    assert not found.has_export


def test_reach_is_that_of_both_and_the_country_where_one_reaches_it() -> None:
    some = [replace(OLD, areas=("Ouaka",)), replace(NEW, areas=("Kémo",))]
    assert united_sources(some)[0][0].areas == ("Kémo", "Ouaka")
    assert united_sources([some[0], NEW])[0][0].areas == ()


def rows(count: int, source_id: str):
    table = incidents([Event(lon=20, lat=6, age_days=4 * n) for n in range(count)])
    return replace(table, source_id=(source_id,) * count)


def test_two_thin_files_may_say_something_together() -> None:
    log = replace(OLD, classes=())
    assert completed([log], rows(20, "log"))[0].classes == ("robbery",)
    assert completed([log], rows(19, "log"))[0].classes == ()
    assert completed([replace(OLD, is_assumed=False)], rows(1, "log"))[0].classes == ("robbery",)


def test_a_publisher_records_its_classes_whether_or_not_there_is_a_row() -> None:
    found = completed([replace(OLD, source_id="ucdp_ged", classes=())], rows(20, "ucdp_ged"))
    assert found[0].classes == ("attack", "clash")
