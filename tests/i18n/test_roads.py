"""Every class of road has words of people, and a name stays as it is."""

from __future__ import annotations

import pytest

from cmcoord_geo.facts import road_classes
from cmcoord_geo.i18n.roads import said_road


@pytest.mark.parametrize("word", [word for word in road_classes() if word != "other"])
def test_no_word_of_a_class_is_told_as_it_is(word: str) -> None:
    told = said_road(word)
    assert word not in {told.fr, told.en}
    assert told.fr.startswith("sans nom (")
    assert told.en.startswith("without name (")


@pytest.mark.parametrize("title", ["RN2", "Rue", "", "CG-2 Carretera"])
def test_a_name_stays(title: str) -> None:
    assert said_road(title).fr == said_road(title).en == title
