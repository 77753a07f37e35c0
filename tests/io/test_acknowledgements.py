"""The file of acknowledgements comes back as it was written, and a damaged one acknowledges nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmcoord_geo.errors import DataError
from cmcoord_geo.io.acknowledgements import NAME, read_acknowledgements, write_acknowledgements
from cmcoord_geo.planning.versions import Version

SEEN = {
    "M2": (Version(kind="patrol", key="P1", digest="ab"),),
    "M1": (
        Version(kind="incidents", key="é", digest="cd"),
        Version(kind="area", key="Z", digest="0"),
    ),
    "M3": (),
}


def test_it_comes_back_and_the_same_is_written_byte_for_byte(tmp_path: Path) -> None:
    assert read_acknowledgements(tmp_path) == {}
    first = write_acknowledgements(tmp_path, SEEN).read_bytes()
    assert read_acknowledgements(tmp_path) == SEEN
    back = dict(reversed(list(read_acknowledgements(tmp_path).items())))
    assert write_acknowledgements(tmp_path, back).read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"M1": 3}', '{"M1": [["patrol", "P1"]]}', '{"M1": [["boat", "P1", "ab"]]}',
     '{"M1": [["patrol", 7, "ab"]]}', '{"M1": [["patrol", "P1", null]]}'],
)  # fmt: skip
def test_a_damaged_file_is_named_and_kept(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=NAME):
        read_acknowledgements(tmp_path)
    assert (tmp_path / NAME).read_text(encoding="utf-8") == content
