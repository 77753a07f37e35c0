"""Tags that no table knows."""

from __future__ import annotations

from pathlib import Path

from flaw_world import GOOD, SPOTS, build_flaws_world, lonlat

from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network.osm.extract import joined


def test_each_has_its_count_effect_example_and_place(tmp_path: Path) -> None:
    built = build_flaws_world(
        tmp_path / "w.osm",
        ways={
            31: ([3, 5], {**GOOD, "access": "perhaps"}),
            70: ([1, 4], {**GOOD, "access": "perhaps", "oneway": "yes"}),
            71: ([1, 2], {"highway": "teleport"}),
        },
        node_tags={4: {"barrier": "force_field"}},
        relations={
            9: (
                [("from", "way", 10), ("via", "node", 2), ("to", "way", 11)],
                {"type": "restriction", "restriction": "no_dancing"},
            )
        },
    )
    found = {tag.tag: tag for tag in built.unread}
    told = {key: (tag.effect, tag.count, tag.example) for key, tag in found.items()}
    assert told == {
        "access=perhaps": ("closed", 2, "w31"),
        "surface=marshmallow": ("surface", 1, "w50"),
        "highway=teleport": ("closed", 1, "w71"),
        "barrier=force_field": ("closed", 1, "n4"),
        "restriction=no_dancing": ("turn", 1, "r9"),
    }
    assert built.unread[0].tag == "access=perhaps"
    barrier = found["barrier=force_field"]
    assert barrier.lon is not None
    assert barrier.lat is not None
    at = lonlat(*SPOTS[4])
    assert max(abs(barrier.lon - at[0]), abs(barrier.lat - at[1])) < 1e-6
    assert all(tag.lon is not None for tag in built.unread)


def test_counts_are_those_of_the_findings_of_the_build(tmp_path: Path) -> None:
    built = build_flaws_world(
        tmp_path / "w.osm", ways={31: ([3, 5], {**GOOD, "access": "perhaps"})}
    )
    sentences = " ".join(what.en for what in built.told)
    for tag in built.unread:
        assert f"{tag.count} way" in sentences
        assert tag.tag in sentences


def test_of_several_files_the_first_example_counts(tmp_path: Path) -> None:
    parts = []
    for i, way in enumerate((81, 82)):
        build_flaws_world(tmp_path / f"{i}.osm", ways={way: ([1, 2], {"highway": "teleport"})})
        parts.append(read_osm(tmp_path / f"{i}.osm"))
    assert joined(parts).unread_examples["teleport"][0] == 81
    assert joined(parts[::-1]).unread_examples["teleport"][0] == 82


def test_a_box_is_kept_only_where_every_file_has_one(tmp_path: Path) -> None:
    build_flaws_world(tmp_path / "a.osm", bounds=(0.0, 0.0, 1.0, 1.0))
    build_flaws_world(tmp_path / "b.osm")
    with_box, without = read_osm(tmp_path / "a.osm"), read_osm(tmp_path / "b.osm")
    assert len(with_box.boxes) == 1
    assert without.boxes == ()
    assert joined([with_box, without]).boxes == ()
    assert len(joined([with_box, with_box]).boxes) == 2
