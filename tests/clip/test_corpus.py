"""Pages as they are met on the web become articles, or are refused for what they are."""

from collections.abc import Iterator

import pytest

from dossier.clip.clipping import Outcome
from dossier.clip.verifying import Verdict
from dossier.documents import parse
from dossier.model import Article
from tests.clip.corpus import PAGES, Page
from tests.clip.desk import Desk, codes, field, new_desk
from tests.clip.serving import serving

READ = {name: page for name, page in PAGES.items() if page.fields}


@pytest.fixture(scope="module")
def clipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, dict[str, Outcome]]]:
    """The whole corpus, clipped in one call."""
    desk = new_desk(tmp_path_factory.mktemp("corpus"))
    with serving() as server:
        outcomes = desk.clip(*(server.url(page.path or name) for name, page in PAGES.items()), jobs=4)
        yield desk, dict(zip(PAGES, outcomes, strict=True))


@pytest.fixture(scope="module")
def verdicts(clipped: tuple[Desk, dict[str, Outcome]]) -> dict[str, Verdict]:
    """What the captures of the corpus say of what became of it."""
    return {verdict.path: verdict for verdict in clipped[0].verify()}


def test_there_are_enough_of_them() -> None:
    assert len(PAGES) >= 45


@pytest.mark.parametrize(("name", "page"), PAGES.items(), ids=list(PAGES))
def test_a_page_gives_its_fields_and_findings(
    name: str, page: Page, clipped: tuple[Desk, dict[str, Outcome]]
) -> None:
    desk, outcomes = clipped
    outcome = outcomes[name]
    # Their texts are all the same, which is told of each but the first.
    assert set(codes([outcome])) - {"near-text"} == page.findings
    assert (outcome.state == "written") == bool(page.fields), outcome.findings
    if not page.fields:
        return
    content = desk.read(outcome.path)
    assert {key: field(content, key) for key in page.fields} == page.fields
    assert field(content, "accessed") == "2026-05-20"
    assert field(content, "obtained") == "clipped"
    for text in page.verbatim:
        assert text in content


@pytest.mark.parametrize("name", READ)
def test_what_is_written_is_read_without_a_finding(
    name: str, clipped: tuple[Desk, dict[str, Outcome]]
) -> None:
    desk, outcomes = clipped
    outcome = outcomes[name]
    parsed = parse(outcome.path, (desk.folder / outcome.path).read_bytes())
    assert parsed.diagnostics == ()
    assert isinstance(parsed.value, Article)
    assert parsed.value.capture
    assert "<script" not in "".join(parsed.segments)
    assert "javascript:" not in "".join(parsed.segments).replace("(javascript:alert(1))", "")


@pytest.mark.parametrize("name", READ)
def test_every_text_is_what_was_captured(
    name: str, clipped: tuple[Desk, dict[str, Outcome]], verdicts: dict[str, Verdict]
) -> None:
    verdict = verdicts[clipped[1][name].path]
    wanted = "not-comparable" if READ[name].fields.get("text") == "excerpts" else "matches"
    assert verdict.state == wanted, verdict.diff


def test_nothing_is_kept_of_what_became_no_article(clipped: tuple[Desk, dict[str, Outcome]]) -> None:
    desk, _ = clipped
    named = {field(path.read_text(encoding="utf-8"), "capture") for path in desk.articles}
    assert {f"sha256:{path.name.removesuffix('.warc.gz')}" for path in desk.captures} == named


def test_texts_are_told_from_all_around_them(clipped: tuple[Desk, dict[str, Outcome]]) -> None:
    """The measure of trafilatura's own evaluation (tests/evaluate.py in its repository).

    Of the segments that belong to the texts, those in what was extracted are true positives, the others
    false negatives; of those that don't belong, those that are in it are false positives.
    """
    desk, outcomes = clipped
    right = missed = wrong = left = 0
    for name, page in READ.items():
        text = " ".join(desk.read(outcomes[name].path).partition("\n---\n")[2].replace("\\", "").split())
        right += sum(segment in text for segment in page.holds)
        missed += sum(segment not in text for segment in page.holds)
        wrong += sum(segment in text for segment in page.lacks)
        left += sum(segment not in text for segment in page.lacks)
    precision, recall = right / (right + wrong), right / (right + missed)
    accuracy = (right + left) / (right + left + wrong + missed)
    measure = 2 * precision * recall / (precision + recall)
    print(f"precision {precision:.3f}, recall {recall:.3f}, accuracy {accuracy:.3f}, F {measure:.3f}")
    assert right + missed >= 100
    assert wrong + left > 80
    assert measure >= 0.97
