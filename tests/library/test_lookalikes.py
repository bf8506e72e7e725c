"""Ids that readers can't tell apart are remarked on, by the names of their letters."""

import pytest

from dossier.library.lookalikes import alphabets, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nаto", "nato"),
        ("оѕсе", "osce"),
        ("ｎａｔｏ", "nato"),
        ("ορορ", "opop"),
        ("jens-stоltenberg", "jens-stoltenberg"),
    ],
)
def test_words_that_look_alike_have_one_skeleton(one: str, other: str) -> None:
    assert one != other
    assert skeleton(one) == skeleton(other) == other


def test_the_alphabets_of_a_word() -> None:
    assert alphabets("nаto-1") == {"LATIN", "CYRILLIC"}
    assert alphabets("ирак2020") == {"CYRILLIC"}
    assert alphabets("مقال") == set()


def test_an_id_that_looks_like_another_is_remarked_on(make) -> None:
    dossier = make({"articles/nato.md": "title: N", "articles/nаto.md": "title: M", "notes/ирак.md": NOTE})
    (finding,) = dossier.diagnostics
    assert (finding.path, finding.mark.line, finding.code) == ("content/articles/nаto.md", 2, "confusable-id")
    assert finding.message.startswith("the id 'nаto' looks like 'nato', and is another")
    assert "'а' is CYRILLIC SMALL LETTER A" in finding.message


def test_a_word_of_two_alphabets_is_remarked_on(make) -> None:
    dossier = make({"notes/irаq.md": NOTE, "notes/ирак-iraq.md": NOTE})
    assert [(finding.path, finding.code) for finding in dossier.diagnostics] == [
        ("content/notes/irаq.md", "confusable-id")
    ]


def test_names_that_look_alike_are_two_people_and_said(make) -> None:
    dossier = make({"articles/a.md": "title: A\npeople: [Ada Cox, Adа Cox]"})
    (finding,) = dossier.diagnostics
    assert finding.code == "confusable-id"
    assert "(of people: 'Adа Cox')" in finding.message


NOTE = "title: N\ndate: 2020-01-01"
