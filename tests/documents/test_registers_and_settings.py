"""The registers and site.yaml."""

import pytest

from dossier.diagnostics import Mark
from dossier.documents import parse
from dossier.documents.shapes import _SHAPES
from dossier.model import (
    Coordinates,
    Entity,
    LinkRecord,
    LinkState,
    Reference,
    Register,
    Site,
    WebLink,
)
from tests.documents.examples import document, hint, places


def test_a_register_keeps_its_order() -> None:
    parsed = document(
        "places",
        "# Approximate.",
        "baghdad:",
        "  name: Baghdad",
        "  aliases: [Bagdad]",
        "  description: Capital of Iraq.",
        "  coordinates: {latitude: 33.3152, longitude: 44.3661}",
        "  links: [{title: Municipality, url: https://example.org/}]",
        "ain-al-asad:",
        "  name: Ain al-Asad",
    )
    assert parsed.diagnostics == ()
    assert parsed.value == Register(
        "content/places.yaml",
        "place",
        (
            Entity(
                kind="place",
                id="baghdad",
                name="Baghdad",
                aliases=("Bagdad",),
                description="Capital of Iraq.",
                coordinates=Coordinates(33.3152, 44.3661),
                links=(WebLink("Municipality", "https://example.org/"),),
            ),
            Entity(kind="place", id="ain-al-asad", name="Ain al-Asad"),
        ),
    )
    assert dict(parsed.marks)["ain-al-asad"] == Mark(8, 1, 11)


def test_each_register_has_its_own_keys() -> None:
    assert document("people", "a:", "  name: A", "  role: Minister").diagnostics == ()
    assert document("sources", "a:", "  name: A", "  owner: nato").diagnostics == ()
    assert places(document("places", "a:", "  name: A", "  owner: nato")) == [("unknown-key", 3, 3, 5)]
    assert hint(document("people", "a:", "  name: A", "  url: https://a.b")) == "did you mean 'links'?"


@pytest.mark.parametrize("text", ["", "\n", "# nobody yet\n", "---\n", "{}\n"])
def test_a_register_may_be_empty(text: str) -> None:
    parsed = parse("content/people.yaml", text.encode())
    assert parsed.diagnostics == ()
    assert parsed.value == Register("content/people.yaml", "person")


def test_an_entry_needs_a_name() -> None:
    parsed = document("people", "a:", "  role: Minister", "b:", "c:", "  name:")
    assert places(parsed) == [("missing-name", 1, 1, 1), ("missing-name", 3, 1, 1), ("missing-name", 5, 3, 4)]
    assert [entity.name for entity in parsed.value.entities] == ["a", "b", "c"]


def test_ids_are_given_once() -> None:
    parsed = document("people", "a:", "  name: A", "a:", "  name: B")
    assert places(parsed) == [("duplicate-key", 3, 1, 1)]
    assert [entity.name for entity in parsed.value.entities] == ["A"]
    assert places(document("people", "ü:", "  name: A", "u\u0308:", "  name: B")) == [
        ("duplicate-id", 3, 1, 2)
    ]


def test_a_name_belongs_to_one_entry() -> None:
    parsed = document(
        "people", "a:", "  name: Esper", "  aliases: [ESPER]", "b:", "  name: B", "  aliases: [C, esper]"
    )
    assert places(parsed) == [("duplicate-alias", 6, 16, 5)]


@pytest.mark.parametrize(
    ("written", "column", "advice"),
    [
        ("{latitude: 95, longitude: 94}", 27, "write degrees: latitude: 33.31"),
        ("{latitude: 44, longitude: 200}", 42, "write degrees: longitude: 33.31"),
        (
            "{latitude: 144, longitude: 33}",
            27,
            "if they have changed places, write {latitude: 33.0, longitude: 144.0}",
        ),
        ("{latitude: '33,31', longitude: 44}", 28, "write latitude: 33.31"),
        ("{latitude: .nan, longitude: 44}", 27, "write degrees as a decimal number: latitude: 33.31"),
        ("{latitude: 1e1, longitude: 44}", 27, "write degrees as a decimal number: latitude: 33.31"),
        ("{lat: 33, longitude: 44}", 17, "did you mean 'latitude'?"),
        ("{latitude: 33}", 16, "write coordinates: {latitude: 33.31, longitude: 44.36}"),
        ("33.31 44.36", 16, "write coordinates: {latitude: 33.31, longitude: 44.36}"),
    ],
)
def test_coordinates(written: str, column: int, advice: str) -> None:
    parsed = document("places", "a:", "  name: A", f"  coordinates: {written}")
    assert [place[1:3] for place in places(parsed)] == [(3, column)]
    assert hint(parsed).startswith(advice)
    assert parsed.value.entities[0].coordinates is None


def test_settings() -> None:
    parsed = document(
        "site",
        "title: NATO in Iraq",
        "url: https://example.org/dossier/",
        "language: EN-gb",
        "theme: briefing",
        "authors: [Desk]",
        "featured: [who-said-it]",
        "rights: full",
        "page_size: 50",
    )
    assert parsed.diagnostics == ()
    assert parsed.value == Site(
        title="NATO in Iraq",
        url="https://example.org/dossier",
        language="en-GB",
        authors=("Desk",),
        featured=("who-said-it",),
        rights="full",
        page_size=50,
    )
    assert parsed.references == (Reference("document", "who-said-it", "", "featured", Mark(6, 12, 11)),)


def test_only_the_title_must_be_given() -> None:
    assert document("site", "title: A").value == Site(title="A")
    assert places(document("site", "url: https://a.b")) == [("missing-title", 1, 1, 0)]
    assert places(document("site", "")) == [("missing-title", 1, 1, 0)]


@pytest.mark.parametrize(
    ("line", "place", "advice"),
    [
        ("page_size: 0", ("out-of-range", 2, 12, 1), "write a number from 1 to 10,000"),
        ("page_size: ten", ("wrong-type", 2, 12, 3), "write it in digits, as page_size: 1"),
        ("page_size: " + "9" * 5000, ("wrong-type", 2, 12, 5000), "write it in digits, as page_size: 1"),
        ("page-size: 10", ("unknown-key", 2, 1, 9), "did you mean 'page_size'?"),
        ("baseurl: https://a.b", ("unknown-key", 2, 1, 7), "did you mean 'url'?"),
        ("theme: ../x", ("bad-theme", 2, 8, 4), "write the name of a folder in themes/"),
        ("url: example.org", ("bad-url", 2, 6, 11), "write https://example.org"),
        ("url: https://a.b/?x", ("bad-url", 2, 6, 14), "write url: https://a.b/"),
        ("colour: red", ("unknown-key", 2, 1, 6), "delete it; the keys are title, subtitle"),
    ],
)
def test_wrong_settings_keep_their_defaults(line: str, place: tuple[str, int, int, int], advice: str) -> None:
    parsed = document("site", "title: A", line)
    assert places(parsed) == [place]
    assert hint(parsed).startswith(advice)
    assert parsed.value == Site(title="A")


def test_the_record_of_links_keeps_what_a_check_and_a_person_found() -> None:
    parsed = document(
        "links",
        '"https://a.example/gone":',
        "  state: dead",
        "  since: 2026-05-20",
        "https://b.example/:",
        "  state: unreachable",
        "  by_hand: true",
        "  comment: Says so itself.",
    )
    assert parsed.diagnostics == ()
    assert parsed.value == LinkRecord(
        "content/links.yaml",
        (
            LinkState("https://a.example/gone", "dead", "2026-05-20"),
            LinkState("https://b.example/", "unreachable", by_hand=True, comment="Says so itself."),
        ),
    )


def test_an_entry_of_the_record_of_links_is_an_address_with_a_state() -> None:
    found = document(
        "links",
        "www.a.example:",
        "  state: dead",
        "https://a.example/#b:",
        "  state: dead",
        "https://b.example/: dead",
        "https://c.example/:",
        "  since: 2026-05-20",
        "https://d.example/:",
        "  state: deed",
    )
    assert places(found) == [
        ("bad-url", 1, 1, 13),
        ("bad-url", 3, 1, 20),
        ("wrong-type", 5, 21, 4),
        ("missing-state", 6, 1, 18),
        ("unknown-choice", 9, 10, 4),
    ]
    assert found.diagnostics[0].hint == "write https://www.a.example"
    assert found.value == LinkRecord("content/links.yaml")


def test_reading_settings_again_makes_no_new_readers() -> None:
    """The preview and the language server read them again and again, for as long as they run."""
    settings = b"title: T\nfindings: {orphan-article: off}\n"
    assert parse("site.yaml", settings).diagnostics == ()
    known = len(_SHAPES)
    parse("site.yaml", settings)
    assert len(_SHAPES) == known
