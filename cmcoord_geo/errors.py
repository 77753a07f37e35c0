"""
Errors and warnings of the package, as one tree.

::

    CmcoordError
    +- DataError(ValueError)         what was handed in cannot be used
    |  +- SchemaError                a table lacks columns, or rows break their types
    |  +- CrsError                   coordinates without, or in a wrong, reference system
    |  +- UnknownPlaceError          no place, or several places, fit a name
    |  +- UnsafeFileError            a file is not what its name says
    +- ConfigError(ValueError)       a setting is unknown or out of range
    +- FetchError                    another machine did not give what was asked
    +- PlanningError
    |  +- NoRouteError               nothing drives from here to there, and what cuts it
    |  +- SnapError                  a point is too far from any road
    |  +- SearchLimitError           a search gave up before it could answer
    +- CoordinationError
    |  +- IllegalTransitionError     a state may not follow another
    |  +- GateError                  a last-resort file lacks something
    +- SharingError
       +- WithheldError              the gate withholds a record

    CmcoordWarning(UserWarning)
    +- DataQualityWarning
    +- StaleDataWarning

Facts are attributes; the message says what to do next. A message never holds a sensitive value,
only the id of a record and the name of a field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "CmcoordError",
    "CmcoordWarning",
    "ConfigError",
    "CoordinationError",
    "CrsError",
    "DataError",
    "DataQualityWarning",
    "FetchError",
    "GateError",
    "IllegalTransitionError",
    "NoRouteError",
    "PlanningError",
    "SchemaError",
    "SearchLimitError",
    "SharingError",
    "SnapError",
    "StaleDataWarning",
    "UnknownPlaceError",
    "UnsafeFileError",
    "WithheldError",
]


class CmcoordError(Exception):
    """
    Root of every error that the package raises on purpose.

    Attributes
    ----------
    exit_code : int
        Code with which the command ends: 3 data or configuration refused, 4 no route.
    said : object or None
        The message in French and English (:class:`cmcoord_geo.i18n.Said`), where it has both.
    """

    exit_code = 3
    said: object | None = None


class DataError(CmcoordError, ValueError):
    """What was handed in cannot be used."""


class SchemaError(DataError):
    """
    A table lacks columns, or rows break their types.

    Attributes
    ----------
    table : str
        Name of the table.
    column : str
        Name of the column, or of the missing columns.
    rows : tuple of int
        Row numbers as a reader of the file counts them (the header is row 1); empty for the whole table.
    """

    def __init__(self, message: str, *, table: str, column: str, rows: Sequence[int] = ()) -> None:
        super().__init__(message)
        self.table = table
        self.column = column
        self.rows = tuple(rows)


class CrsError(DataError):
    """Coordinates without a reference system, or in one that the package does not read."""


class UnknownPlaceError(DataError):
    """
    No place, or more than one, fits a name.

    Attributes
    ----------
    name : str
        The name as it was asked for.
    candidates : tuple of str
        What it could mean; empty when nothing comes near.
    is_ambiguous : bool
        True when several places fit equally well and a person has to choose.
    """

    def __init__(
        self, message: str, *, name: str, candidates: Sequence[str], is_ambiguous: bool
    ) -> None:
        super().__init__(message)
        self.name = name
        self.candidates = tuple(candidates)
        self.is_ambiguous = is_ambiguous


class UnsafeFileError(DataError):
    """A file is not what its name says, is too large, or is not a regular file."""


class ConfigError(CmcoordError, ValueError):
    """A setting is unknown or out of range."""


class FetchError(CmcoordError):
    """
    Another machine did not give what was asked.

    Attributes
    ----------
    is_passing : bool
        True when the connection broke, so that the same question may be answered later.
    """

    def __init__(self, message: str, *, is_passing: bool = False) -> None:
        super().__init__(message)
        self.is_passing = is_passing


class PlanningError(CmcoordError):
    """A plan cannot be made."""


class NoRouteError(PlanningError):
    """
    Nothing leads from the origin to the destination.

    Attributes
    ----------
    origin, destination : str
        Names (or node numbers, where only arrays are known).
    cut : tuple of str
        What would have to open for a route to exist, as far as it is known.
    """

    exit_code = 4

    def __init__(
        self, message: str, *, origin: str = "", destination: str = "", cut: Sequence[str] = ()
    ) -> None:
        super().__init__(message)
        self.origin = origin
        self.destination = destination
        self.cut = tuple(cut)


class SnapError(PlanningError):
    """A point is too far from any road."""


class SearchLimitError(PlanningError):
    """A search gave up at its limit before it could answer."""


class CoordinationError(CmcoordError):
    """A rule of the guidelines of 3 October 2017 stands against it."""


class IllegalTransitionError(CoordinationError):
    """A state may not follow another."""


class GateError(CoordinationError):
    """
    A last-resort file lacks something.

    Attributes
    ----------
    missing : tuple of str
        What is missing.
    """

    def __init__(self, message: str, *, missing: Sequence[str]) -> None:
        super().__init__(message)
        self.missing = tuple(missing)


class SharingError(CmcoordError):
    """The sharing gate refuses."""


class WithheldError(SharingError):
    """
    The gate withholds a record from an audience.

    Attributes
    ----------
    reason : str
        Why, as a key of the message table.
    """

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class CmcoordWarning(UserWarning):
    """Root of every warning that the package gives."""


class DataQualityWarning(CmcoordWarning):
    """Data were used although something is wrong with them."""


class StaleDataWarning(CmcoordWarning):
    """Data are older than the period in which they say something."""
