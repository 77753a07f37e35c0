"""Memories of the hazard model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from cmcoord_geo.config import HazardConfig
from cmcoord_geo.errors import ConfigError
from cmcoord_geo.risk.memory import (
    Memory,
    fit_weights,
    memories_of,
    read_memories,
    shipped_memories,
)


def memory(**more: object) -> Memory:
    values = {"name": "m", "part": "same", "reach_m": 0.0, "half_life_months": 2.0, "weight": 1.0}
    return Memory(**{**values, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("half_life", [0.5, 1.0, 6.0, 36.0])
def test_a_record_says_one_record_over_its_life(half_life: float) -> None:
    one = memory(half_life_months=half_life)
    total, _ = quad(
        lambda age: float(one.fading(np.array([age]), recorded_months=1.0)[0]), 0, 200 * half_life
    )
    assert total == pytest.approx(1.0, abs=1e-7)
    now, later = one.fading(np.array([0.0, half_life]), recorded_months=1.0)
    assert later == pytest.approx(now / 2)


def test_what_never_fades_is_a_rate_over_the_months_recorded() -> None:
    ever = memory(half_life_months=np.inf)
    assert ever.fading(np.array([0.0, 500.0]), recorded_months=40.0).tolist() == [1 / 40, 1 / 40]


@given(age=st.floats(0, 600), older=st.floats(0, 600), half_life=st.floats(0.05, 100))
def test_an_older_record_never_counts_more(age: float, older: float, half_life: float) -> None:
    one = memory(half_life_months=half_life)
    young, old = one.fading(np.array([age, age + older]), recorded_months=1.0)
    assert old <= young


def test_weights_of_separate_memories_are_records_over_what_was_expected() -> None:
    """Where each record can come from one memory alone the answer is a plain ratio."""
    likely = np.array([[1.0, 0.0]] * 6 + [[0.0, 1.0]] * 2)
    found = fit_weights(likely, np.array([12.0, 4.0]), start=np.array([1.0, 1.0]), prior=0.0)
    assert found == pytest.approx([0.5, 0.5])
    held = fit_weights(likely, np.array([12.0, 4.0]), start=np.array([1.0, 1.0]), prior=4.0)
    assert held == pytest.approx([(6 + 4) / (12 + 4), (2 + 4) / (4 + 4)])


def test_fitted_weights_are_a_maximum_of_the_likelihood() -> None:
    random = np.random.default_rng(3)
    likely, total = random.gamma(1.0, size=(60, 3)), np.array([30.0, 20.0, 50.0])
    found = fit_weights(likely, total, start=np.ones(3), prior=0.0)

    def score(weights: np.ndarray) -> float:
        return float(np.log(likely @ weights).sum() - total @ weights)

    for step in (*np.eye(3) * 1e-3, *np.eye(3) * -1e-3):
        assert score(np.maximum(found + step, 0.0)) <= score(found) + 1e-5
    assert total @ found == pytest.approx(60.0)  # as many as there were


def test_without_a_record_weights_fall_as_months_pass() -> None:
    start = np.array([0.4, 0.2])
    weights = [
        fit_weights(np.zeros((0, 2)), np.full(2, months), start=start, prior=5.0)
        for months in (0.0, 5.0, 50.0)
    ]
    assert weights[0] == pytest.approx(start)
    assert (weights[1] < weights[0]).all()
    assert (weights[2] < weights[1]).all()


def test_the_shipped_memories_are_whole() -> None:
    shipped = shipped_memories()
    assert {one.part for one in shipped.memories} == {"same", "near", "town", "even"}
    assert shipped.version
    assert (shipped.weights > 0).all()
    assert sum(memory.share for memory in shipped.memories) == pytest.approx(1.0, abs=1e-9)


#: A memory of the place and one of all roads.
_WHOLE = """
[[memories]]
name = "a"
part = "same"
half_life_months = 1
weight = 1
share = 0.4
[[memories]]
name = "b"
part = "even"
weight = 1
share = 0.6
"""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("prior = ", "not a readable TOML"),
        ("prior = 1.0\n", "no memory"),
        (
            'prior = 1.0\n[[memories]]\nname = "a"\npart = "there"\n',
            "Known: same, near, town, even",
        ),
        ('prior = 1.0\n[[memories]]\nname = "a"\npart = "even"\n', "“a”: weight"),
        ('prior = 1.0\n[[memories]]\nname = "a"\npart = "even"\nweight = -1\n', "at least 0"),
        ('prior = 1.0\n[[memories]]\nname = "a"\npart = "even"\nweight = true\n', "weight"),
        (
            'prior = 1.0\n[[memories]]\nname = "a"\npart = "near"\nhalf_life_months = 1\nweight = 1\n',
            "reach_km",
        ),
        (f"{_WHOLE}share = -1\n".replace("share = 0.6\n", ""), "“b”: share"),
        (_WHOLE, "“prior”: prior"),
        (f"prior = 1.0\nclass_half_life_days = 0\n{_WHOLE}", "class_half_life_days"),
    ],
)
def test_a_parameter_file_that_is_wrong_names_what(
    tmp_path: Path, content: str, words: str
) -> None:
    path = tmp_path / "m.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_memories(path)
    assert words in caught.value.said.en
    assert "m.toml" in caught.value.said.fr


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("share = 0.6", "share = 0.5"), "add up to 0.9"),
        (("share = 0.6", ""), "add up to 0.4"),
        (("share = 0.6", "share = 0.0", "share = 0.4", "share = 1"), "the whole share"),
    ],
)
def test_memories_that_colour_roads_have_shares_that_add_up(
    tmp_path: Path, change: tuple[str, ...], words: str
) -> None:
    path = tmp_path / "m.toml"
    whole = f"prior = 1.0\nclass_half_life_days = 90\n{_WHOLE}"
    path.write_text(whole, encoding="utf-8")
    assert memories_of(HazardConfig(memories=str(path))).class_half_life_days == 90
    wrong = tmp_path / "wrong.toml"
    for old, new in zip(change[::2], change[1::2], strict=True):
        whole = whole.replace(old, new)
    wrong.write_text(whole, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        memories_of(HazardConfig(memories=str(wrong)))
    assert words in caught.value.said.en


def test_without_a_file_the_shipped_memories_colour_roads() -> None:
    assert memories_of(HazardConfig()) is shipped_memories()
