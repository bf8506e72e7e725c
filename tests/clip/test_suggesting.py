"""What a text names is proposed from the registers: all of it, whole words only, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.clip.suggesting import Matcher, Suggestions
from dossier.model import Body, Entity, EntityKind, Register, Topic, WebLink
from tests.clip.corpus import WORDS
from tests.clip.desk import field, new_desk


def register(kind: EntityKind, *entities: tuple[str, ...]) -> Register:
    made = tuple(Entity(kind, identifier, name, tuple(aliases)) for identifier, name, *aliases in entities)
    return Register(f"content/{kind}.yaml", kind, made)


TOPICS = (
    Topic("iraq", "content/topics/iraq.md", "NATO mission in Iraq", Body(), aliases=("training mission",)),
)
MATCHER = Matcher(
    TOPICS,
    (
        register("person", ("jens-stoltenberg", "Jens Stoltenberg", "Stoltenberg"), ("who", "Bo Who", "Who")),
        register("organization", ("nato", "NATO"), ("us", "United States", "US"), ("who-org", "WHO")),
        register(
            "place",
            ("iraq-place", "Iraq"),
            ("ain", "Ain al-Asad"),
            ("georgia-us", "Georgia"),
            ("georgia", "Georgia"),
        ),
        Register(
            "content/sources.yaml",
            "source",
            (
                Entity(
                    "source",
                    "voa",
                    "Voice of America",
                    ("VOA",),
                    links=(WebLink("Site", "https://www.voanews.com/"),),
                ),
            ),
        ),
    ),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Stoltenberg spoke.", Suggestions(people=("jens-stoltenberg",))),
        ("NATO's chief, the NATO-led force", Suggestions(organizations=("nato",))),
        ("It tells us who they are.", Suggestions()),
        ("The US said so.", Suggestions(organizations=("us",))),
        ("The WHO warned.", Suggestions(organizations=("who-org",))),
        ("Iraqis and the unNATOed", Suggestions()),
        ("the NATO mission in Iraq", Suggestions(topics=("iraq",))),
        ("a training\nmission", Suggestions(topics=("iraq",))),
        ("IRAQ: TROOPS LEAVE", Suggestions(places=("iraq-place",))),
        ("at Ain al‑Asad", Suggestions(places=("ain",))),
        ("in Georgia", Suggestions()),
        ("mail@NATO or #NATO", Suggestions()),
        ("", Suggestions()),
    ],
)
def test_what_is_named_is_found(text: str, found: Suggestions) -> None:
    assert MATCHER.suggestions(text) == found


def test_what_is_named_more_often_comes_first() -> None:
    text = "Iraq, Iraq, Iraq. Ain al-Asad. Iraq."
    assert MATCHER.suggestions(text).places == ("iraq-place", "ain")


@given(st.text(max_size=200))
def test_nothing_is_ever_made_up(text: str) -> None:
    known = {"iraq", "jens-stoltenberg", "who", "nato", "us", "who-org", "iraq-place", "ain"}
    found = MATCHER.suggestions(text)
    assert {one for key in ("topics", "people", "organizations", "places") for one in found.of(key)} <= known


@pytest.mark.parametrize(
    ("name", "address", "source"),
    [
        ("Voice of America", "", "voa"),
        ("voa", "", "voa"),
        ("voanews.com", "https://www.voanews.com/a/x", "voa"),
        ("Another House", "https://www.voanews.com/a/x", "Another House"),
        ("", "https://elsewhere.example/", ""),
    ],
)
def test_a_source_is_known_by_its_name_or_its_host(name: str, address: str, source: str) -> None:
    assert MATCHER.source(name, address) == source


def test_a_site_without_registers_proposes_nothing() -> None:
    assert Matcher((), ()).suggestions("NATO in Iraq") == Suggestions()


def test_proposals_are_comments_until_the_curator_says_yes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A headline\n\n" + "\n\n".join(WORDS), encoding="utf-8")
    desk = new_desk(tmp_path / "one")
    (outcome,) = desk.clip(str(tmp_path / "a.txt"))
    content = desk.read(outcome.path)
    assert field(content, "topics") == "[]  # named in the text: bridges"
    assert field(content, "people") == "[]  # named in the text: ada-brueckner"
    assert field(content, "places") == "[]  # named in the text: amerstadt, hohenfeld"
    desk = new_desk(tmp_path / "two")
    (outcome,) = desk.clip(str(tmp_path / "a.txt"), fill_in=True)
    content = desk.read(outcome.path)
    assert field(content, "topics") == "[bridges]"
    assert field(content, "people") == "[ada-brueckner]"
    assert field(content, "organizations") == "[]"
