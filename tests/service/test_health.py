"""The doctor looks, changes nothing, and says what is missing without breaking."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError

import pytest

from cmcoord_geo.errors import DataError
from cmcoord_geo.service import health
from cmcoord_geo.service.health import examine


def test_this_installation_is_fine() -> None:
    checks = examine()
    assert all(check.is_fine for check in checks if not check.is_optional)
    assert len({check.name.fr for check in checks}) == len(checks)


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = health.version

    def without(name: str) -> str:
        if name == "folium":
            raise PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(health, "version", without)
    assert [check.name.en for check in examine() if not check.is_fine] == ["library folium"]


def test_a_broken_table_is_told_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> None:
        message = "no such table"
        raise DataError(message)

    monkeypatch.setattr(health, "rows", broken)
    broken_checks = [check for check in examine() if not check.is_fine and not check.is_optional]
    assert [check.detail for check in broken_checks] == ["DataError", "DataError"]
