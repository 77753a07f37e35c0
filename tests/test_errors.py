"""The tree of errors: every class listed, drawn and useful to a caller."""

from __future__ import annotations

import re

import pytest

from cmcoord_geo import errors

CLASSES = [value for value in vars(errors).values() if isinstance(value, type)]
DEFINED = [kind for kind in CLASSES if kind.__module__ == errors.__name__]


def test_every_class_is_listed_and_drawn_in_the_tree() -> None:
    names = {kind.__name__ for kind in DEFINED}
    assert names == set(errors.__all__)
    assert list(errors.__all__) == sorted(errors.__all__)
    drawn = re.findall(r"\b(\w+(?:Error|Warning))\b", errors.__doc__)
    assert names <= set(drawn)


@pytest.mark.parametrize("kind", DEFINED, ids=lambda kind: kind.__name__)
def test_each_class_is_documented_and_hangs_in_the_tree(kind: type) -> None:
    assert kind.__doc__
    assert issubclass(kind, errors.CmcoordError | errors.CmcoordWarning)


def test_data_and_configuration_errors_are_value_errors() -> None:
    """So that a caller who knows only Python catches them."""
    assert issubclass(errors.DataError, ValueError)
    assert issubclass(errors.ConfigError, ValueError)
    assert issubclass(errors.CmcoordWarning, UserWarning)


def test_exit_codes() -> None:
    """ARCHITECTURE.md: 3 data or configuration refused, 4 no route."""
    codes = {k.__name__: k.exit_code for k in DEFINED if issubclass(k, errors.CmcoordError)}
    assert codes["NoRouteError"] == 4
    assert {code for name, code in codes.items() if name != "NoRouteError"} == {3}


def test_facts_are_attributes() -> None:
    schema = errors.SchemaError("m", table="patrols", column="start", rows=[3, 5])
    assert (schema.table, schema.column, schema.rows) == ("patrols", "start", (3, 5))
    place = errors.UnknownPlaceError("m", name="Sido", candidates=["a", "b"], is_ambiguous=True)
    assert (place.name, place.candidates, place.is_ambiguous) == ("Sido", ("a", "b"), True)
    route = errors.NoRouteError("m", origin="BGF", destination="OBO", cut=["L050"])
    assert (route.origin, route.destination, route.cut) == ("BGF", "OBO", ("L050",))
    assert errors.GateError("m", missing=["need"]).missing == ("need",)
    assert errors.WithheldError("m", reason="consent.none").reason == "consent.none"
    for error in (schema, place, route):
        assert str(error) == "m"
        assert error.said is None
