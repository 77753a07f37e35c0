"""The desk that takes records to the gate for one audience and counts what the gate keeps back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
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
        self._reports: set[object] = set()

    @property
    def withheld(self) -> Mapping[tuple[str, str], int]:
        """(kind of record, reason) to count."""
        return dict(self._withheld)

    def keep_back(self, kind: str, reason: str) -> None:
        """Count a record that is not even taken to the gate."""
        self._withheld[kind, reason] += 1

    def _count(self, record: Record, reason: str) -> None:
        """Count a record that was withheld; a road report on many segments once."""
        if record.kind == "road_status":
            report = (reason, record.values["report_id"])
            if report in self._reports:
                return
            self._reports.add(report)
        self.keep_back(record.kind, reason)

    def passed(self, record: Record, view: type[V]) -> V | None:
        """
        View of a record; None, and counted, when the gate withholds it.

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
                self._count(record, found.reason)
                return None
        if not isinstance(found, view):
            message = f"the gate gave no {view.__name__} for {record.kind}"
            raise SharingError(message)
        return found

    def views(self, records: Iterable[Record], view: type[V]) -> list[V]:
        """Views of the records that the gate lets through."""
        return [found for record in records if (found := self.passed(record, view)) is not None]
