"""Small maps by class: for the owner alone; their rates add to the map of all; points that may leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from render import sheets
from render.sheets import CONFIG, exercise

from cmcoord_geo.facts import incident_classes
from cmcoord_geo.risk import exposure_class, hazard
from cmcoord_geo.sharing import Audience, build_product
from cmcoord_geo.sharing.class_maps import class_sheet


def panel(key: str, view=None):
    return next(one for one in (view or sheets.classes()).panels if one.key == key)


@pytest.mark.parametrize("kind", ["minusca_ops", "public"])
def test_who_sees_no_exposure_is_given_no_map(kind: str) -> None:
    product = build_product(exercise(), (), Audience(kind=kind), CONFIG).product
    assert class_sheet(product, exercise(), CONFIG) is None


def test_each_class_on_the_road_has_a_map_between_all_and_ordnance() -> None:
    keys = [one.key for one in sheets.classes().panels]
    assert keys == [
        "all", "ambush", "robbery", "checkpoint", "abduction", "attack", "clash", "ordnance",
    ]  # fmt: skip


def test_the_map_of_all_has_the_classes_of_the_page() -> None:
    view = sheets.classes()
    assert list(panel("all").levels) == [one.exposure_class for one in sheets.week().segments]
    assert len(view.roads) == len(sheets.week().segments)


def test_levels_are_those_of_each_class_rate() -> None:
    picture = exercise()
    danger = hazard(
        picture.network, picture.incidents, at=picture.as_of, as_of=picture.as_of,
        config=CONFIG.hazard,
    )  # fmt: skip
    pieces = danger.pieces
    for row, name in enumerate(danger.classes):
        for i in range(0, len(picture.network), 7):
            part = slice(*pieces.first[i : i + 2])
            known = np.isfinite(danger.by_class[row, part])
            rate = (
                float(np.average(danger.by_class[row, part][known], weights=pieces.length_m[part][known]))
                if known.any()
                else float("nan")
            )  # fmt: skip
            expected = exposure_class(rate, CONFIG.hazard.class_limits)
            assert panel(name).levels[i] == expected


def test_records_and_period_are_those_of_the_table() -> None:
    incidents = exercise().incidents
    for row in incident_classes().values():
        if row.is_on_road or row.is_ordnance:
            count = incidents.class_id.count(row.class_id)
            assert panel(row.class_id).records.en == f"records: {count}"
            assert "1 Jun 2026 – 29 Nov 2026" in panel(row.class_id).period.en
    assert panel("all").records.en == "records: 232"


def test_where_no_source_comes_from_nothing_is_known_on_any_map() -> None:
    unknown = {
        tuple(i for i, level in enumerate(one.levels) if level == 0)
        for one in sheets.classes().panels
        if one.levels
    }
    assert len(unknown) == 1
    assert len(next(iter(unknown))) > 0


def test_a_class_that_no_source_covers_is_unknown_everywhere() -> None:
    view = sheets.uncovered()
    for key in ("ambush", "checkpoint", "abduction", "attack", "clash"):
        assert not panel(key, view).is_covered
        assert set(panel(key, view).levels) == {0}
    assert panel("robbery", view).is_covered
    assert not panel("ordnance", view).is_covered
    assert "records: 8" in panel("ordnance", view).period.en


def test_points_are_those_that_may_leave() -> None:
    picture = exercise()
    assert len(panel("ordnance").points) == 8
    (source,) = picture.incidents.sources
    closed = replace(picture.incidents, sources=(replace(source, has_export=False),))
    kept = replace(picture, incidents=closed)
    product = build_product(kept, (), Audience(kind="owner"), CONFIG).product
    view = class_sheet(product, kept, CONFIG)
    mined = panel("ordnance", view)
    assert mined.points == ()
    assert mined.records.en == f"records: {mined.count}, drawn: 0"
    assert any(f"{mined.count} records without a point" in note.en for note in view.notes)


def test_ordnance_that_a_source_records_is_told_though_it_covers_nothing() -> None:
    """A source too thin to cover a class still holds its records; none is not what is said."""
    picture = exercise()
    (source,) = picture.incidents.sources
    thin = replace(picture.incidents, sources=(replace(source, classes=("robbery",)),))
    kept = replace(picture, incidents=thin)
    product = build_product(kept, (), Audience(kind="owner"), CONFIG).product
    view = class_sheet(product, kept, CONFIG)
    mined = panel("ordnance", view)
    assert len(mined.points) == mined.count == 8
    assert mined.period.en == "records: 8, but no recent source speaks of it"
    assert not any("no source" in note.en for note in view.notes)
    assert "8 records" in product.ordnance_said.en


def test_the_period_ends_at_the_cut_off_where_nobody_declared_the_source() -> None:
    picture = exercise()
    (source,) = picture.incidents.sources
    assumed = replace(picture.incidents, sources=(replace(source, is_assumed=True),))
    earlier = replace(picture, incidents=assumed, as_of=picture.as_of - timedelta(days=40))
    product = build_product(earlier, (), Audience(kind="owner"), CONFIG).product
    view = class_sheet(product, earlier, CONFIG)
    assert "Oct 2026" in panel("all", view).period.en.rpartition("–")[2]


def test_a_flag_on_the_rows_alone_is_enough() -> None:
    picture = exercise()
    flags = np.ones(len(picture.incidents), dtype=bool)
    kept = replace(picture, incidents=replace(picture.incidents, no_export=flags))
    product = build_product(kept, (), Audience(kind="owner"), CONFIG).product
    mined = panel("ordnance", class_sheet(product, kept, CONFIG))
    assert mined.points == ()
    assert mined.count == 8
