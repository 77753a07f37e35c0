"""The desk that takes records to the gate for one audience and counts what the gate keeps back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from cmcoord_geo.errors import SharingError
from cmcoord_geo.sharing.audience import Audience, Withheld
from cmcoord_geo.sharing.gate import project

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.config import SharingConfig
    from cmcoord_geo.model import Consent
    from cmcoord_geo.sharing.records import Record

V = TypeVar("V")


class Desk:
    """
    Takes records to the gate.

    Parameters
    ----------
    audience : Audience
    purpose : str
    consents : iterable of Consent
    moments : iterable of datetime
        A record leaves only if the gate lets it through at each of them: the cut-off of the data, and the
        moment of release, by when a consent may have run out.
    config : SharingConfig
    """

    def __init__(
        self,
        audience: Audience,
        *,
        purpose: str,
        consents: Iterable[Consent],
        moments: Iterable[datetime],
        config: SharingConfig,
    ) -> None:
        self.audience = audience
        self.config = config
        self._purpose = purpose
        self._consents = tuple(consents)
        self._moments = tuple(moments)
        self._withheld: Counter[tuple[str, str]] = Counter()
        self._parts: set[tuple[str, str, Hashable]] = set()

    @property
    def now(self) -> datetime:
        """Last moment at which records are judged."""
        return max(self._moments)

    @property
    def withheld(self) -> Mapping[tuple[str, str], int]:
        """(kind of record, reason) to count."""
        return dict(self._withheld)

    def keep_back(self, kind: str, reason: str) -> None:
        """Count a record that is not even taken to the gate."""
        self._withheld[kind, reason] += 1

    def passed(self, record: Record, view: type[V], *, whole: Hashable = None) -> V | None:
        """
        View of a record; None, and counted, when the gate withholds it.

        Parameters
        ----------
        record : Record
        view : type
            Class of view that the product joins.
        whole : hashable, optional
            What the record is a part of, such as the patrol of a stretch: parts of one whole that are
            withheld for one reason count once.

        Raises
        ------
        SharingError
            The gate gives another view than the product joins.
        """
        found: object = None
        for moment in self._moments:
            found = project(
                record, self.audience, self._purpose, self._consents, moment, config=self.config
            )
            if isinstance(found, Withheld):
                part = (record.kind, found.reason, whole)
                if whole is None or part not in self._parts:
                    self.keep_back(record.kind, found.reason)
                    self._parts.add(part)
                return None
        if not isinstance(found, view):
            message = f"the gate gave no {view.__name__} for {record.kind}"
            raise SharingError(message)
        return found

    def views(self, records: Iterable[Record], view: type[V]) -> list[V]:
        """Views of the records that the gate lets through."""
        return [found for record in records if (found := self.passed(record, view)) is not None]
