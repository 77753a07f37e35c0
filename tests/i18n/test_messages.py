"""French and English: every sentence in both, with the same places for values, used and never missing."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.errors import ConfigError, DataError
from cmcoord_geo.i18n import LANGS, Said, explain, join, messages, problem, said, text

PACKAGE = Path(__file__).resolve().parents[2] / "cmcoord_geo"
#: Words that nobody can vouch for (SAFETY.md), and those of a party that decides for another (L040).
BANNED = re.compile(
    r"\b(?:safe(?:ly|r|st)?|secured?|cleared|approv\w+|sûre?s?|sécurisée?s?|approuv\w+)\b",
    re.IGNORECASE,
)
KEY = re.compile(r"[a-z_]+(?:\.[a-z_0-9]+)+")
FILE = re.compile(r"\.(?:csv|toml|json|js|css|html|jinja|md|txt|png|svg|py|ttf|pdf)$")
#: Words with dots that are no keys: settings of a library.
FOREIGN = {"text.hinting"}
MESSAGES = messages()
NAMESPACES = {key.partition(".")[0] for key in MESSAGES}
#: Keys that reach the page's script as whole tables; the script asks for their last word.
FOR_SCRIPTS = "page."


def places_in(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}


@cache
def trees() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py"))


def nodes(kind: type[ast.AST]) -> Iterator[ast.AST]:
    for tree in trees():
        yield from (node for node in ast.walk(tree) if isinstance(node, kind))


@cache
def constants() -> frozenset[str]:
    """All texts of the package's code, without the parts of built ones."""
    parts = {id(part) for node in nodes(ast.JoinedStr) for part in node.values}
    return frozenset(
        node.value
        for node in nodes(ast.Constant)
        if isinstance(node.value, str) and id(node) not in parts
    )


@cache
def built_keys() -> tuple[re.Pattern[str], ...]:
    """Patterns of keys that the code builds, such as ``surface.{...}``."""
    found = []
    for node in nodes(ast.JoinedStr):
        parts = [
            re.escape(part.value) if isinstance(part, ast.Constant) else "[^.]+"
            for part in node.values
        ]
        if parts and re.match(r"[a-z_]+\\\.", parts[0]):
            found.append(re.compile("".join(parts)))
    return tuple(found)


@cache
def scripts() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.js"))


#: A word that stands in examples and tests.
EXAMPLE = "word.none"


def tables_of(key: str) -> list[str]:
    """Tables that hold a key: of ``a.b.c`` they are ``a.`` and ``a.b.``."""
    words = key.split(".")
    return [".".join(words[:n]) + "." for n in range(1, len(words))]


def is_used(key: str) -> bool:
    """Whether code names a key, its table as a whole, or builds it; or a script asks for its last word."""
    if key in constants() or any(table in constants() for table in tables_of(key)):
        return True
    if key.startswith(FOR_SCRIPTS):
        last_table, last = key.split(".")[-2:]
        names = (
            (last,)
            if last_table in {"all", "owner", "minusca_ops", "public"}
            else (last, last_table)
        )
        return any(re.search(rf"\b{name}\b", scripts()) for name in names)
    return any(pattern.fullmatch(key) for pattern in built_keys())


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Calls that name a key: ``said("key")``, ``text("key", lang)``, ``problem(Kind, "key")``."""
    place = {"said": 0, "text": 0, "problem": 1}
    for call in nodes(ast.Call):
        at = place.get(getattr(call.func, "id", ""))
        if at is not None and len(call.args) > at:
            key = call.args[at]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, call


def faults(key: str) -> Iterator[str]:
    """What is wrong with the sentence of a key."""
    both = MESSAGES[key]
    if places_in(both.fr) != places_in(both.en):
        yield "places differ"
    for lang in LANGS:
        if not both[lang].strip():
            yield f"{lang} is empty"
        if BANNED.search(both[lang]):
            yield f"{lang} promises"
        if re.search(r"\{\d*\}", both[lang]):
            yield f"{lang} has a place without name"
    if re.search(r"[^\s]:(?=\s|$)", both.fr) or re.search(r"\w[?!](?=\s|$)", both.fr):
        yield "French has a space before : ? !"
    if re.search(r"\s[:!](?=\s|$)", both.en):
        yield "English has none"
    if any(re.search(r"\w\((?:s|x|e|es|ses|ne|le|nt)\)", both[lang]) for lang in LANGS):
        yield "a number leaves open whether one or several"
    if key.startswith(FOR_SCRIPTS) and any(re.search(r"\{\w+:", both[lang]) for lang in LANGS):
        yield "the page's script fills in names alone"
    yield from {
        "a word agrees with a number that the sentence does not tell"
        for lang in LANGS
        for name in re.findall(r"\{(\w+):[^{}]*\|", both[lang])
        if f"{{{name}}}" not in both[lang]
    }


@pytest.mark.parametrize("table", sorted(NAMESPACES))
def test_sentences_read_well_in_both_languages(table: str) -> None:
    keys = [key for key in MESSAGES if key.partition(".")[0] == table]
    assert {key: list(faults(key)) for key in keys if list(faults(key))} == {}


@pytest.mark.parametrize(
    ("fr", "en", "fault"),
    [
        ("{a}", "{b}", "places differ"), ("", "x", "fr is empty"), ("x", "It is safe.", "en promises"),
        ("{}", "{}", "fr has a place without name"), ("Attention: x", "x", "French has"),
        ("Vraiment? Oui", "x", "French has"), ("x", "Note : x", "English has none"),
        ("x", "{n} road(s)", "places differ"), ("{n} route(s)", "{n}", "a number leaves open"),
        ("{n}", "{n:road|roads}", "a word agrees"),
    ],
)  # fmt: skip
def test_a_fault_is_seen_when_planted(
    monkeypatch: pytest.MonkeyPatch, fr: str, en: str, fault: str
) -> None:
    monkeypatch.setitem(MESSAGES, "planted", Said(fr=fr, en=en))
    assert any(told.startswith(fault) for told in faults("planted"))


@pytest.mark.parametrize(
    "word", ["is safe.", "Route sécurisée", "C’est sûr", "cleared", "Approved by"]
)
def test_a_banned_word_is_seen_when_planted(word: str) -> None:
    assert BANNED.search(word)


def test_every_key_that_the_code_names_is_there() -> None:
    named = {key for key, _ in calls()}
    assert len(named) > 200
    assert sorted(named - MESSAGES.keys()) == []


def test_every_word_that_looks_like_a_key_is_one() -> None:
    """Keys also travel as arguments, such as ``row.refuse("io.value.missing")``."""
    tables = {table.rstrip(".") for key in MESSAGES for table in tables_of(key)}
    strange = {
        word
        for word in constants()
        if KEY.fullmatch(word)
        and word.partition(".")[0] in NAMESPACES
        and word not in MESSAGES
        and word not in tables | FOREIGN
        and not FILE.search(word)
    }
    assert sorted(strange) == []


def test_every_call_gives_all_the_values() -> None:
    lacking = [
        (key, sorted(places_in(MESSAGES[key].en) - {word.arg for word in call.keywords}))
        for key, call in calls()
        if key in MESSAGES and all(word.arg for word in call.keywords)
    ]
    assert [entry for entry in lacking if entry[1]] == []


def test_no_sentence_is_unused() -> None:
    assert [key for key in MESSAGES if not is_used(key)] == [EXAMPLE]


def test_an_unused_or_missing_sentence_is_seen_when_planted() -> None:
    assert not is_used("vehicle.by_nobody")
    assert not is_used("page.all.word_of_no_script")
    assert is_used("closed.report")


@given(st.text(max_size=30))
def test_values_are_data_and_never_a_template(value: str) -> None:
    both = said("place.unknown", name=value)
    assert f"“{value}”" in both.en
    assert f"«\N{NO-BREAK SPACE}{value}\N{NO-BREAK SPACE}»" in both.fr


def test_a_value_in_two_languages_is_put_in_in_its_own() -> None:
    road = said("closed.season", season=said("season.wet"), largest="x")
    assert road.fr.startswith("saison des pluies")
    assert road["en"].startswith("wet season")


@pytest.mark.parametrize(
    ("count", "fr", "en"),
    [
        (0, "0 jour", "0 days"),
        (1, "1 jour", "1 day"),
        (2, "2 jours", "2 days"),
        ("1–2", "1–2 jours", "1–2 days"),
        (Said(fr="1,5", en="1.5"), "1,5 jour", "1.5 days"),
        (Said(fr="1\u202f200", en="1,200"), "1\u202f200 jours", "1,200 days"),
        (Said(fr="<0,1", en="<0.1"), "<0,1 jour", "<0.1 days"),
    ],
)
def test_a_word_agrees_with_its_number(
    monkeypatch: pytest.MonkeyPatch, count: object, fr: str, en: str
) -> None:
    words = Said(fr="{n} {n:jour|jours}", en="{n} {n:day|days}")
    monkeypatch.setitem(MESSAGES, "planted.days", words)
    assert said("planted.days", n=count) == Said(fr=fr, en=en)


def test_a_key_without_text_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ConfigError, match=r"no\.such\.key"):
        said("no.such.key")


def test_problems_speak_both_languages() -> None:
    error = problem(DataError, "vehicle.none")
    assert str(error) == explain(error, "en") == text("vehicle.none", "en")
    assert explain(error, "fr") == text("vehicle.none", "fr")
    assert explain(DataError("plain"), "fr") == "plain"


def test_joined_texts() -> None:
    parts = (Said(fr="a", en="b"), Said(fr="c", en="d"))
    assert join(parts, "; ") == Said(fr="a\N{NO-BREAK SPACE}; c", en="b; d")
    assert join([]) == Said(fr="", en="")
