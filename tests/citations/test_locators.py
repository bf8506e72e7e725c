"""Pandoc's locators, and how styles write them."""

import pytest

from dossier.citations import locators


@pytest.mark.parametrize(
    ("typed", "label", "value", "suffix", "written"),
    [
        ("p. 4", "page", "4", "", "p. 4"),
        ("33", "page", "33", "", "p. 33"),
        ("iv", "page", "iv", "", "p. iv"),
        ("pp. 4-6, 9", "page", "4-6, 9", "", "pp. 4–6, 9"),
        ("4 ff.", "page", "4 ff.", "", "pp. 4 ff."),
        ("chapter iii", "chapter", "iii", "", "chap. iii"),
        ("chaps. 3 and 4", "chapter", "3 and 4", "", "chaps. 3 and 4"),
        ("§12", "section", "12", "", "§ 12"),
        ("§§ 3-4", "section", "3-4", "", "§§ 3–4"),
        ("sec. 2.1", "section", "2.1", "", "§ 2.1"),
        ("¶ 3", "paragraph", "3", "", "para. 3"),
        ("Fig. 2a", "figure", "2a", "", "fig. 2a"),
        ("s.v. Quds Force", "sub-verbo", "Quds Force", "", "s.v. Quds Force"),
        ("12:30", "timestamp", "12:30", "", "12:30"),
        ("1:02:03-1:04:00", "timestamp", "1:02:03-1:04:00", "", "1:02:03–1:04:00"),
        ("p. 4, and often since", "page", "4", ", and often since", "p. 4"),
        ("{p. 3}, with a suffix", "page", "3", ", with a suffix", "p. 3"),
        ("{the preface}", "", "the preface", "", "the preface"),
        ("and nowhere else", "", "", "and nowhere else", ""),
        ("I think", "", "", "I think", ""),
        ("", "", "", "", ""),
    ],
)
def test_a_locator_is_read_and_written(typed: str, label: str, value: str, suffix: str, written: str) -> None:
    found = locators.read(typed)
    assert (found.label, found.value, found.suffix) == (label, value, suffix)
    assert locators.written(found, bare_pages=False) == written.replace(" ", "\u00a0", 1) or (
        locators.written(found, bare_pages=False) == written
    )


def test_pages_may_go_without_their_label() -> None:
    assert locators.written(locators.read("pp. 4-6"), bare_pages=True) == "4–6"
    assert locators.written(locators.read("chap. 3"), bare_pages=True) == "chap.\u00a03"


def test_labels_are_those_of_the_sites_language() -> None:
    assert (
        locators.written(locators.read("Seite 4-5", "de"), bare_pages=False, language="de") == "S.\u00a04–5"
    )
    assert locators.written(locators.read("p. 4", "fr-CA"), bare_pages=False, language="fr-CA") == "p.\u00a04"
