"""Findings that need more than one file."""

from dossier.diagnostics import Mark, show
from dossier.library import link

NOTE = "---\ntitle: N\ndate: 2020-01-01\n---\n"


def test_two_files_with_one_id_are_both_named(make):
    dossier = make(
        {"articles/a.md": "title: First", "articles/2020/a.md": "title: Second", "notes/a.md": f"{NOTE}Text."}
    )
    assert [show(finding) for finding in dossier.diagnostics] == [
        "content/articles/a.md:2:8: error[duplicate-id]: the id 'a' is taken by content/articles/2020/a.md\n"
        "  hint: rename one of the two files",
        "content/notes/a.md:2:8: error[duplicate-id]: the id 'a' is taken by content/articles/2020/a.md\n"
        "  hint: rename one of the two files",
    ]
    assert dossier.view("articles/a.html").title == "Second"


def test_ids_that_differ_by_case_alone_collide(make):
    dossier = make({"articles/nato.md": "title: First", "articles/NATO.md": "title: Second"})
    (finding,) = dossier.diagnostics
    assert finding.code == "case-collision"
    assert "'nato'" in finding.message
    assert "'NATO' in content/articles/NATO.md" in finding.message
    assert finding.path == "content/articles/nato.md"


def test_ids_in_two_unicode_forms_are_one_id(make):
    dossier = make({"articles/caf\u00e9.md": "title: First", "articles/cafe\u0301.md": "title: Second"})
    assert dossier.codes == ["duplicate-id"]
    (article,) = dossier.library.articles
    assert article.id == "caf\u00e9"


def test_an_unknown_topic_is_shown_with_the_nearest(make):
    dossier = make({"topics/iraq.md": "title: Iraq", "articles/a.md": "title: A\ntopics: [irak, iraq]"})
    (finding,) = dossier.diagnostics
    assert (finding.path, finding.mark, finding.code) == (
        "content/articles/a.md",
        Mark(3, 10, 4),
        "unknown-topic",
    )
    assert show(finding).endswith(
        "error[unknown-topic]: no topic 'irak'\n  hint: did you mean 'iraq'? topics live in content/topics/"
    )


def test_every_broken_reference_of_a_body_is_found_in_its_place(make):
    dossier = make(
        {
            "articles/there.md": "title: There",
            "notes/other.md": f"{NOTE}## A heading\n",
            "notes/n.md": NOTE
            + "[@ther] and [@other]\n"
            + "[[nowhere]] and [[other#no-heading]] but [[other#a-heading]]\n"
            + "[x](../articles/gone.md) and ![y](gone.png)\n",
        }
    )
    assert [(f.code, f.mark.line) for f in sorted(dossier.diagnostics)] == [
        ("unknown-citation", 5),
        ("unknown-citation", 5),
        ("unknown-link", 6),
        ("unknown-anchor", 6),
        ("missing-file", 7),
        ("missing-asset", 7),
    ]
    assert dossier.diagnostics[0].hint.startswith("did you mean 'there'?")


def test_a_broken_link_is_shown_as_broken_not_dropped(make):
    dossier = make({"notes/n.md": f"{NOTE}See [[<b>nowhere]].\n"})
    (anchor,) = dossier.pages["notes/n.html"].anchors
    assert anchor.startswith('<span class="broken"')
    assert "<b>" not in anchor


def test_names_without_latin_letters_are_kept_apart(make):
    dossier = make({"articles/a.md": "{title: A, people: [محمد, 鲁迅, '!!!', '???']}"})
    pages = [path for path in dossier.pages if path.startswith("people/") and path != "people/index.html"]
    assert len(pages) == 4


def test_a_site_without_site_yaml_says_so():
    library, findings = link([], frozenset(), "2026-05-31", False)
    assert [finding.code for finding in findings] == ["missing-site"]
    assert library.documents == {}


def test_what_a_check_found_of_an_address_is_known_to_the_library(make):
    library = make({"links.yaml": '"https://a.example/gone":\n  state: dead\n  since: 2026-05-20\n'}).library
    state = library.link_state("https://a.example/gone#part")
    assert (state.state, state.since) == ("dead", "2026-05-20")
    assert library.link_state("https://a.example/") is None
