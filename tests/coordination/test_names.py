"""Names of corridors: told by radio, the same for the same seed, and no key to what they stand for."""

from __future__ import annotations

import pytest

from cmcoord_geo.coordination.names import opaque_id


def test_same_seed_same_name() -> None:
    assert opaque_id("A|B", seed=b"1", taken=()) == opaque_id("A|B", seed=b"1", taken=())


def test_whoever_lacks_the_seed_cannot_guess_back() -> None:
    """With another seed all names differ, so a list of every road and window proves nothing."""
    contents = [f"L{i:03d}" for i in range(50)]
    names = [{opaque_id(c, seed=seed, taken=()) for c in contents} for seed in (b"1", b"2")]
    assert not names[0] & names[1]


def test_a_name_is_never_given_twice() -> None:
    taken: set[str] = set()
    for _ in range(50):
        taken.add(opaque_id("A|B", seed=b"1", taken=taken))
    assert len(taken) == 50


def test_signs_that_are_taken_for_one_another_are_left_out() -> None:
    names = "".join(opaque_id(str(i), seed=b"", taken=()) for i in range(500))
    assert not set(names) & set("01IOLSU5")


def test_no_name_left_is_an_error() -> None:
    class Everything:
        def __contains__(self, _: object) -> bool:
            return True

    with pytest.raises(ValueError, match="no name"):
        opaque_id("A", seed=b"", taken=Everything())
