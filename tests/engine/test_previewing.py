"""Builds for a preview alone: references that lead nowhere are marked in their places, and end no build."""

from pathlib import Path

import pytest

from dossier.build import Result
from dossier.diagnostics import DossierError
from dossier.findings.codes import SHOWN
from tests.engine.site import SMALL, Site, tree

NOTE = "content/notes/n.md"
# Each kind of what a preview shows all the same: references that lead nowhere, words of somebody else.
BROKEN = {
    "unknown-topic": {NOTE: SMALL[NOTE].replace("[t]", "[t, nowhere]")},
    "unknown-article": {
        "content/claims/c.md": "---\nstatement: So it is\nevidence:\n"
        "- {article: nobody, stance: supports}\n- {article: a, stance: disputes}\n---\n"
    },
    "unknown-claim": {"content/claims/c.md": "---\nstatement: So it is\nsuperseded_by: nobody\n---\n"},
    "unknown-citation": {NOTE: SMALL[NOTE].replace("[@a, p. 3]", "[see @nobody, p. 3; @a]")},
    "unknown-document": {"site.yaml": SMALL["site.yaml"] + "featured: [a, nobody]\n"},
    "unknown-link": {NOTE: SMALL[NOTE].replace("[[b]]", "[[nobody|some *words*]]")},
    "unknown-anchor": {NOTE: SMALL[NOTE].replace("[[b]]", "[[b#nowhere]]")},
    "draft-target": {
        NOTE: SMALL[NOTE].replace("[[b]]", "[[d]] and [it](../articles/d.md)"),
        "content/articles/d.md": "---\ntitle: Draft\ndate: 2020-01-01\ndraft: true\n---\nNot yet.\n",
    },
    "missing-file": {NOTE: SMALL[NOTE].replace("[[b]]", "[it](../articles/nobody.md)")},
    "quotation-differs": {NOTE: SMALL[NOTE].replace("See", "It says “Words that it lacks.” [@a]. See")},
    "quotation-speaker": {
        NOTE: SMALL[NOTE].replace("See", "He says “These very words.” [@a]{speaker=Bob}. See"),
        "content/articles/a.md": SMALL["content/articles/a.md"].replace(
            "people:", "excerpts: [{text: These very words., speaker: Ada}]\npeople:"
        ),
    },
    "missing-asset": {"content/articles/b.md": SMALL["content/articles/b.md"].replace("x.png", "y.png")},
}


def preview(site: Site, **given: object) -> Result:
    return site.build(**{"output": site.folder / ".dossier/preview", "preview": True, **given})


def previewed(site: Site) -> dict[str, bytes]:
    return tree(site.folder / ".dossier/preview")


def test_each_code_is_tried() -> None:
    assert BROKEN.keys() == SHOWN


@pytest.mark.parametrize("code", BROKEN)
def test_what_leads_nowhere_is_shown_in_a_preview_and_never_in_a_build(
    site: Site, tmp_path: Path, code: str
) -> None:
    assert not preview(site).failed
    assert previewed(site) == site.clean(tmp_path / "clean"), "what isn't broken is as in a build"
    site.write(BROKEN[code])
    result = preview(site)
    assert {finding.code for finding in result.diagnostics} == {code}
    assert result.errors
    assert not result.failed
    assert site.build().failed
    assert not site.output.exists()
    site.write(SMALL)
    for path in BROKEN[code].keys() - SMALL.keys():
        (site.folder / path).unlink()
    assert not preview(site).diagnostics
    assert previewed(site) == site.clean(tmp_path / "mended")


def test_the_broken_place_is_marked_in_the_text(site: Site) -> None:
    site.write(BROKEN["unknown-citation"] | BROKEN["missing-asset"])
    preview(site)
    page = previewed(site)["notes/n.html"].decode()
    assert '[see <span class="broken" title="No such article">@nobody</span>, p. 3; <a class="c' in page
    site.write(BROKEN["unknown-link"])
    preview(site)
    page = previewed(site)["notes/n.html"].decode()
    assert '<span class="broken" title="No such document: nobody">some *words*</span>' in page


def test_other_mistakes_leave_the_last_good_site(site: Site) -> None:
    preview(site)
    before = previewed(site)
    site.write(BROKEN["unknown-citation"] | {"content/articles/a.md": "---\ntitle: [\n---\n"})
    assert preview(site).failed
    assert previewed(site) == before


def test_a_site_with_nothing_but_unresolved_references_is_told_of_them_again(site: Site) -> None:
    site.write(BROKEN["unknown-citation"])
    first = preview(site)
    again = preview(site)
    assert again.diagnostics == first.diagnostics
    assert not again.failed
    assert not again.changed


def test_a_preview_is_written_nowhere_else_and_nothing_else_is_written_there(site: Site) -> None:
    with pytest.raises(DossierError, match=r"a preview is written to \.dossier/ alone"):
        preview(site, output=site.output)
    with pytest.raises(DossierError, match=r"it is the site's \.dossier/, or lies in it"):
        site.build(output=site.folder / ".dossier/preview")
    with pytest.raises(DossierError, match="a preview is written to"):
        preview(site, output=site.folder / ".dossier/outputs")
