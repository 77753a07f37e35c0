"""The file of acknowledgements comes back as it was written, and a damaged one acknowledges nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cmcoord_geo.errors import DataError
from cmcoord_geo.io.acknowledgements import (
    NAME,
    Acknowledgement,
    read_acknowledgements,
    write_acknowledgements,
)
from cmcoord_geo.planning.versions import Version

SEEN = {
    "M2": Acknowledgement(
        met=(Version(kind="patrol", key="P1", digest="ab", fields=(("start_s", "c"),)),),
        until=datetime(2026, 12, 4, 16, tzinfo=UTC),
    ),
    "M1": Acknowledgement(
        met=(
            Version(kind="incidents", key="é", digest="cd"),
            Version(kind="area", key="Z", digest="0"),
        ),
        until=None,
    ),
    "M3": Acknowledgement(met=(), until=None),
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
     '{"M1": [["patrol", 7, "ab"]]}', '{"M1": [["patrol", "P1", null]]}', '{"M1": {"met": []}}',
     '{"M1": {"met": [], "until": "2026-12-04"}}',
     '{"M1": {"met": [["patrol", "P1", "ab", {"a": 1}]], "until": null}}'],
)  # fmt: skip
def test_a_damaged_file_is_named_and_kept(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=NAME):
        read_acknowledgements(tmp_path)
    assert (tmp_path / NAME).read_text(encoding="utf-8") == content


def test_a_file_from_before_expiry_and_fields_were_kept_is_read(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{"M1": [["patrol", "P1", "ab"]]}', encoding="utf-8")
    assert read_acknowledgements(tmp_path) == {
        "M1": Acknowledgement(met=(Version(kind="patrol", key="P1", digest="ab"),), until=None)
    }
