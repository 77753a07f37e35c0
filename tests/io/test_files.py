"""Opening: existing regular files only, and only what their name says."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from cmcoord_geo.errors import DataError, UnsafeFileError
from cmcoord_geo.i18n import explain
from cmcoord_geo.io.files import decode, kind_of, markup_of, read_bytes


def xlsx() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


OTHERS = {
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(20), "PNG"),
    "xlsx": (xlsx(), "XLSX"),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "gzip": (gzip.compress(b"a,b\n1,2\n"), "gzip"),
    "sqlite": (b"SQLite format 3\x00" + bytes(80), "GeoPackage"),
    "xls": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(20), "XLS"),
    "parquet": (b"PAR1" + bytes(20), "Parquet"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_kind_of_file_is_named(tmp_path: Path, name: str) -> None:
    content, word = OTHERS[name]
    path = tmp_path / "incidents.csv"
    path.write_bytes(content)
    with pytest.raises(UnsafeFileError) as caught:
        read_bytes(path)
    assert word in explain(caught.value, "fr")
    assert word in explain(caught.value, "en")
    assert "incidents.csv" in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>", "XML"),
        ("\n\n  <?xml version='1.0'?><gpx/>", "XML"),
        ("<!DOCTYPE html><html>", "HTML"),
        ("<HTML><body>", "HTML"),
        ('{"type": "FeatureCollection"}', "JSON"),
        ('[\n  {"id": 1}]', "JSON"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_markup_is_named_in_every_encoding(text: str, word: str, encoding: str) -> None:
    with pytest.raises(UnsafeFileError, match=word):
        decode(text.encode(encoding), file="x.csv")


def test_a_table_is_not_taken_for_something_else() -> None:
    assert kind_of(b"PK,km\n12,3\n") is None
    assert markup_of("[[sources]]\nid = 'x'\n") is None
    assert markup_of("incident_id,note\n1,<b>\n") is None


@pytest.mark.parametrize(
    "name",
    [
        "http://example.org/a.csv",
        "https://example.org/a.csv",
        "/vsicurl/http://example.org/a.csv",
        "/vsizip/a.zip/a.csv",
        "GPKG:a.gpkg",
        "CSV:/etc/hostname",
        "<VRT>",
        "a|layername=b",
        "a\x00.csv",
    ],
)
def test_addresses_and_drivers_are_refused(name: str) -> None:
    with pytest.raises(UnsafeFileError):
        read_bytes(name)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not there"):
        read_bytes(tmp_path / "a.csv")
    with pytest.raises(UnsafeFileError, match="regular"):
        read_bytes(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    os.mkfifo(path)
    with pytest.raises(UnsafeFileError, match="regular"):
        read_bytes(path)


def test_size_cap(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 101)
    assert len(read_bytes(path, max_bytes=101)) == 101
    with pytest.raises(UnsafeFileError, match="larger"):
        read_bytes(path, max_bytes=100)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    text, found = decode("Ndélé;Zémio".encode(encoding), file="a.csv")
    assert text == "Ndélé;Zémio"
    assert found == encoding


@pytest.mark.parametrize(
    "content", [b"a,b\n1,\x00\n", b"\xef\xbb\xbf\xff", b"\x81\x8d\xff", b"\xff\xfe\x00"]
)
def test_not_text(content: bytes) -> None:
    with pytest.raises(UnsafeFileError):
        decode(content, file="a.csv")
