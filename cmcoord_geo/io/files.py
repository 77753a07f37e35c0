"""
Opening a file that someone else made (SAFETY.md, files that come from others).

Only an existing regular file below a size cap is opened, never a name that a library would take for an
address, a driver or a virtual file; and the first bytes must not show another kind than the name says.
"""

from __future__ import annotations

import re
import stat
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from cmcoord_geo.errors import DataError, UnsafeFileError
from cmcoord_geo.i18n import Said, problem, said

#: Names that a geodata library would fetch, unpack or hand to a driver instead of opening a file.
ADDRESS = re.compile(r"://|/vsi|[<>|\x00-\x1f]|^[A-Za-z][A-Za-z0-9_+.-]+:", re.ASCII)
JSON = re.compile(r"\{|\[\s*[{\"]")
MAX_BYTES = 64 * 2**20
_PART = 2**20
BOM = "\ufeff"


def read_bytes(path: str | Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """
    Content of an existing regular file that holds text by its first bytes.

    Parameters
    ----------
    path : str or Path
    max_bytes : int
        A larger file is not opened.

    Raises
    ------
    UnsafeFileError
        The name is an address or names a driver, it is no regular file, it is too large, or it is a picture,
        an archive, a workbook, a page, whatever its name says.
    DataError
        The file is not there or may not be read.
    """
    where = regular_file(path, max_bytes=max_bytes)
    try:
        with where.open("rb") as file:
            parts = [file.read(_PART)]  # one read of the cap would take its whole memory
            while parts[-1] and sum(map(len, parts)) <= max_bytes:
                parts.append(file.read(_PART))
    except OSError as error:
        raise problem(DataError, "io.file.unreadable", file=where.name) from error
    content = b"".join(parts)
    if len(content) > max_bytes:
        raise _too_large(where, max_bytes)
    actual = kind_of(content)
    if actual is not None:
        raise problem(UnsafeFileError, "io.file.kind", file=where.name, kind=actual)
    return content


def regular_file(path: str | Path, *, max_bytes: int) -> Path:
    """
    Path of an existing regular file below a size, refused otherwise.

    Raises
    ------
    UnsafeFileError
        The name is an address or names a driver, it is no regular file, or it is too large.
    DataError
        The file is not there.
    """
    where = Path(path)
    if ADDRESS.search(str(path)):
        raise problem(UnsafeFileError, "io.file.address", file=where.name)
    try:
        known = where.stat()
    except (OSError, ValueError) as error:
        raise problem(DataError, "io.file.missing", file=where.name) from error
    if not stat.S_ISREG(known.st_mode):
        raise problem(UnsafeFileError, "io.file.not_regular", file=where.name)
    if known.st_size > max_bytes:
        raise _too_large(where, max_bytes)
    return where


def _too_large(where: Path, max_bytes: int) -> UnsafeFileError:
    return problem(
        UnsafeFileError, "io.file.too_large", file=where.name, limit_mb=max(1, max_bytes // 2**20)
    )


@cache
def _magic() -> tuple[tuple[bytes, Said], ...]:
    table = tomllib.loads(files(__package__).joinpath("kinds.toml").read_text(encoding="utf-8"))
    return tuple(
        (bytes.fromhex(kind["hex"]), Said(fr=kind["fr"], en=kind["en"])) for kind in table["kinds"]
    )


def kind_of(content: bytes) -> Said | None:
    r"""
    What the first bytes say a file is; None where they say text.

    Examples
    --------
    >>> kind_of(b"PK\x03\x04rest").en
    'an XLSX workbook or a ZIP archive'
    """
    for magic, kind in _magic():
        if content.startswith(magic):
            return kind
    return None


def markup_of(text: str) -> Said | None:
    """
    What the first characters of a text say it is, where it is neither a table nor settings.

    Examples
    --------
    >>> markup_of("<OGRVRTDataSource>").en
    'XML (a page, a VRT, a GPX or a KML file)'
    """
    start = text[:4096].lstrip().lower()
    if start.startswith(("<!doctype html", "<html")):
        return said("io.file.html")
    if start.startswith("<"):
        return said("io.file.xml")
    if JSON.match(start):
        return said("io.file.json")
    return None


def decode(content: bytes, *, file: str) -> tuple[str, str]:
    """
    Text of a file and the encoding that it is in: UTF-8, UTF-16 with its mark, else Windows-1252.

    Parameters
    ----------
    content : bytes
    file : str
        Name of the file, for the error.

    Raises
    ------
    UnsafeFileError
        It is not text in any of them, it holds NUL characters, or it is a page, XML or JSON.
    """
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        text = text.removeprefix(BOM)
        if actual := markup_of(text):
            raise problem(UnsafeFileError, "io.file.kind", file=file, kind=actual)
        return text, encoding
    raise problem(UnsafeFileError, "io.file.not_text", file=file)


def _candidates(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if content.startswith(BOM.encode()):
        return ("utf-8-sig",)
    return ("utf-8", "cp1252")
