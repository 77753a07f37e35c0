"""What reading a file gives: its content, what was wrong with it, and where every row went."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmcoord_geo.model import Finding

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """
    Where the rows of a file went: ``rows == accepted + refused + duplicates``, always.

    Attributes
    ----------
    file, table : str
        Name of the file (never its folder) and of the table it was read as.
    rows : int
        Rows with at least one filled cell, the header not counted.
    accepted : int
    refused : int
        Each with its reason among the findings.
    duplicates : int
        Rows about something that an earlier row had told.
    """

    file: str
    table: str
    rows: int
    accepted: int
    refused: int
    duplicates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[T_co]):
    """
    Content of one file.

    Attributes
    ----------
    content : T
    findings : tuple of Finding
        In the order of the rows.
    report : ReadReport
    refused_ids : frozenset of str
        Ids of refused rows, where another file may name them.
    withdrawn : mapping
        Source and id of records that their source withdrew, to the seconds at which it did.
    """

    content: T_co
    findings: tuple[Finding, ...]
    report: ReadReport
    refused_ids: frozenset[str] = frozenset()
    withdrawn: Mapping[tuple[str, str], int] = field(default_factory=dict)
