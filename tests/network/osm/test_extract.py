"""Several extracts as one."""

from __future__ import annotations

from pathlib import Path

from osm_world import WAYS, write_world

from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.network.osm.extract import joined


def test_halves_that_overlap_make_the_whole(tmp_path: Path) -> None:
    keys = sorted(WAYS)
    parts = [keys[:9], keys[6:]]
    files = [
        write_world(tmp_path / f"{i}.osm", ways={k: WAYS[k] for k in part})
        for i, part in enumerate(parts)
    ]
    together = build_network(joined([read_osm(f) for f in files]), name="a", source="b").network
    whole = build_network(read_osm(write_world(tmp_path / "all.osm")), name="a", source="b").network
    assert sorted(together.segment_ids) == sorted(whole.segment_ids)
    assert sorted(together.node_ids) == sorted(whole.node_ids)
    assert together.length_m.sum() == whole.length_m.sum()


def test_one_extract_stays_as_it_is(tmp_path: Path) -> None:
    alone = read_osm(write_world(tmp_path / "all.osm"))
    assert joined([alone]) is alone
