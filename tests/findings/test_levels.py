"""What a site takes findings for, and what its files allow, in builds and checks alike."""

from pathlib import Path

import pytest

from dossier.build import Result
from dossier.build.checking import check
from dossier.diagnostics import Severity
from tests.engine.site import Site, small_site

SITE = (
    "title: Small\nurl: https://example.org/small/\ntheme: plain\nrights: full\ncheck: {quiet_months: 120}\n"
)
NOTE = "---\ntitle: Note\ndate: 2021-01-01\ntopics: [t]\n{}---\n{}\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return small_site(tmp_path / "site")


def write(site: Site, body: str, fields: str = "", settings: str = "") -> None:
    """Write the note and the settings."""
    site.write({"content/notes/n.md": NOTE.format(fields, body), "site.yaml": SITE + settings})


def found(result: Result) -> list[tuple[str, str, int]]:
    return [(f.code, str(f.severity), f.mark.line) for f in result.diagnostics]


def levels(**levels: str) -> str:
    return "findings:\n" + "".join(f"  {code.replace('_', '-')}: {level}\n" for code, level in levels.items())


@pytest.mark.parametrize("level", ["error", "warning", "info", "off"])
def test_a_site_sets_the_level_of_a_code(site: Site, level: str) -> None:
    write(site, "See [[nobody]] and <b>.", settings=levels(unknown_link=level, raw_html=level))
    result = site.build()
    expected = [] if level == "off" else [("unknown-link", level, 6), ("raw-html", level, 6)]
    assert sorted(found(result)) == sorted(expected)
    assert result.failed == (level == "error")
    assert site.build(strict=True).failed == (level in ("error", "warning"))
    if level != "error":
        assert 'class="broken"' in site.read("public/notes/n.html")


def test_a_build_without_changes_says_the_same_again(site: Site) -> None:
    write(site, "See <b>.", settings=levels(raw_html="info"))
    first, again = site.build(), site.build()
    assert again.diagnostics == first.diagnostics
    assert found(again) == [("raw-html", "info", 6)]
    assert not again.failed
    assert site.run("build", "--strict").returncode == 0
    site.write({"site.yaml": SITE})
    assert found(site.build()) == [("raw-html", "warning", 6)]


def test_a_comment_allows_a_code_in_the_next_block_alone(site: Site) -> None:
    comment = "<!-- dossier: allow raw-html: it is the subject -->"
    write(site, f"One <b>.\n\n{comment}\n\nTwo <b>\nand <i>.\n\nThree <b>.")
    assert found(site.build()) == [("raw-html", "warning", 6), ("raw-html", "warning", 13)]


def test_a_documents_fields_allow_a_code_in_all_of_it(site: Site) -> None:
    write(site, "One <b>.\n\nTwo <b>.", fields="allow:\n  raw-html: It is the subject.\n")
    assert found(site.build()) == []


def test_an_entry_of_a_register_allows_a_code_in_itself(site: Site) -> None:
    people = (
        "ada: {name: Ada Lovelace, aliases: [Ada]}\nbea:\n  name: Bea\n  aliases: [Ada]\n"
        "  allow:\n    duplicate-alias: She is called so too.\ncleo: {name: Cleo, aliases: [Ada]}\n"
    )
    site.write({"content/people.yaml": people})
    assert found(site.build()) == [("duplicate-alias", "warning", 7)]


def test_what_is_allowed_and_not_found_is_a_finding(site: Site) -> None:
    write(
        site,
        "<!-- dossier: allow unknown-link: it comes -->\n\nSee [[a]].",
        fields="allow: {raw-html: No.}\n",
    )
    result = site.build()
    assert found(result) == [("unused-allow", "warning", 5), ("unused-allow", "warning", 7)]
    assert result.diagnostics[0].hint == "delete it"


def test_what_is_allowed_without_a_reason_is_a_finding_and_allowed(site: Site) -> None:
    write(site, "One <b>.", fields="allow:\n  raw-html:\n")
    (finding,) = site.build().diagnostics
    assert (finding.code, finding.mark.line, finding.mark.column) == ("allow-without-reason", 6, 3)


def test_codes_that_there_are_not_and_codes_that_cant_be_lowered_are_named(site: Site) -> None:
    write(
        site,
        "<!-- dossier: allow raw-htm: because -->\n\nText.",
        fields="allow: {unclosed-comment: I want it so.}\n",
        settings=levels(unknwn_link="off", template_error="warning"),
    )
    result = site.build()
    assert [(f.path, f.code, f.mark.line) for f in result.diagnostics] == [
        ("content/notes/n.md", "fixed-code", 5),
        ("content/notes/n.md", "unknown-code", 7),
        ("site.yaml", "unknown-code", 7),
        ("site.yaml", "fixed-code", 8),
    ]
    assert result.diagnostics[1].hint.startswith("did you mean 'raw-html'")


def test_the_hidden_cant_be_published_by_a_level(site: Site) -> None:
    write(site, "Text <!-- secret", fields="allow: {unclosed-comment: x}\n")
    result = site.build()
    assert ("unclosed-comment", "error", 7) in found(result)
    assert result.failed


def test_an_unknown_level_is_named(site: Site) -> None:
    write(site, "Text.", settings=levels(raw_html="of"))
    (finding,) = site.build().diagnostics
    assert (finding.code, finding.hint) == (
        "unknown-choice",
        "did you mean 'off'? write one of: error, warning, info, off",
    )


def test_what_a_draft_allows_is_not_judged_until_it_is_seen(site: Site) -> None:
    """Of a draft no references are checked, so that none can be found in it."""
    write(site, "See [[nobody]].", fields="draft: true\nallow: {unknown-link: It comes.}\n")
    assert found(site.build()) == []
    assert found(site.build(drafts=True)) == []


def test_the_levels_of_findings_about_silences_are_a_sites_too(site: Site) -> None:
    write(site, "Text.", fields="allow: {raw-html: No.}\n", settings=levels(unused_allow="off"))
    assert found(check(site.options())) == []


def test_severities_are_ordered_by_gravity() -> None:
    assert sorted(Severity, key=lambda severity: severity.rank) == ["error", "warning", "info"]


QUOTED = "content/articles/q.md"
QUOTED_TEXT = (
    "---\ntitle: Q\nsource: Q\ndate: 2020\nrights: full\n---\nWe will stay as long as we are asked.\n"
)


def test_a_quotation_that_differs_is_allowed_in_its_block_alone(site: Site) -> None:
    site.write({QUOTED: QUOTED_TEXT})
    comment = "<!-- dossier: allow quotation-differs: the slip is the subject -->"
    quote = '"We will stay as long as we are needed" [@q].'
    write(site, f"{comment}\n\n> We will stay as long as we are welcome.\n> [@q]\n\nHe said {quote}")
    assert found(site.build()) == [("quotation-differs", "error", 11)]


def test_a_claims_fields_allow_too(site: Site) -> None:
    claim = "---\nstatement: C\ntopics: [t]\nevidence: []\n{}---\n"
    site.write({"content/claims/c.md": claim.format("")})
    assert found(check(site.options())) == [("claim-without-support", "warning", 2)]
    site.write({"content/claims/c.md": claim.format("allow: {claim-without-support: It is only said.}\n")})
    assert found(check(site.options())) == []
