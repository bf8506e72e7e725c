"""`dossier import zotero`: works with the notes on them, as Zotero exports them."""

import pytest

from tests.importing.conftest import Desk

RIS = """\
TY  - NEWS
TI  - Bridge closed to lorries
AU  - Brückner, Ada
T2  - The Amer Post
DA  - 2020/02/12/
PY  - 2020
UR  - https://amer.example/lorries
DO  - 10.1/x
LA  - en
N1  - <div data-citation-items="%5B%5D" data-schema-version="9"><h1>Annotations<br/>(12/02/2020)</h1>
<p><span class="highlight" data-annotation="%7B%22pageLabel%22%3A%224%22%7D" ztype="zhighlight"><a \
href="zotero://open-pdf/library/items/ABC?page=4">“The bridge "will" not reopen”</a></span> <span \
class="citation" data-citation="%7B%7D" ztype="zcitation">(<span class="citation-item"><a \
href="zotero://select/library/items/DEF">Brückner, 2020, p. 4</a></span>)</span> So much for promises, \
see [[x]].</p>
</div>
N1  - <div data-schema-version="9"><p>A <strong>second</strong> note</p>
<ul>
<li>
ask the council
</li>
</ul>
</div>
KW  - bridge
KW  - lorries
ER  - \


"""
BIBTEX = """\

@article{bruckner_bridge_2020,
	title = {Bridge closed to lorries},
	url = {https://amer.example/lorries_2},
	abstract = {The town closes its bridge.},
	language = {en},
	urldate = {2020-02-13},
	journal = {The Amer Post},
	author = {Brückner, Ada},
	month = feb,
	year = {2020},
	note = {Publisher: Post \\& Co},
	keywords = {bridge, lorries},
	annote = {First note, 50\\% of it

Its second paragraph},
	annote = {Second note},
}
"""
CSL = """\
[
  {
    "id": "http://zotero.org/users/1/items/ABC",
    "type": "report",
    "title": "State of the bridge",
    "note": "PMID: 1\\nA word of mine on it.",
    "URL": "https://amer.example/report",
    "issued": {"date-parts": [["2020", 2]]}
  }
]
"""


def test_notes_are_the_text_and_highlights_are_excerpts(desk: Desk) -> None:
    desk.put({"library.ris": RIS})
    done = desk.take("zotero", "library.ris")
    path = "articles/2020-02-12-bridge-closed-to-lorries.md"
    assert done.code == 0
    assert desk.field(path, "text") == "summary"
    assert '  - text: "The bridge \\"will\\" not reopen"\n    locator: p. 4\n' in desk.new[path]
    assert "So much for promises, see \\[\\[x\\]\\]." in desk.body(path)
    assert "A **second** note\n\n- ask the council" in desk.body(path)
    assert "zotero:" not in desk.body(path)
    assert desk.field(path, "topics") == "[bridges]"
    assert desk.field(path, "tags") == "[lorries]"
    assert "library.ris:1:1: info[left-field]: 'doi' has no place here" in done.told


def test_bibtex_has_a_field_for_each_note(desk: Desk) -> None:
    desk.put({"library.bib": BIBTEX})
    done = desk.take("zotero", "library.bib")
    path = "articles/bruckner_bridge_2020.md"
    assert desk.body(path) == "First note, 50% of it\n\nIts second paragraph\n\nSecond note"
    assert desk.field(path, "summary") == "The town closes its bridge."
    assert "library.bib:2:1: info[left-field]: 'Publisher' has no place here" in done.told


def test_what_extra_says_freely_is_a_note(desk: Desk) -> None:
    desk.put({"library.json": CSL})
    done = desk.take("zotero", "library.json")
    path = "articles/2020-02-state-of-the-bridge.md"
    assert desk.body(path) == "A word of mine on it."
    assert "library.json:3:1: info[left-field]: 'PMID' has no place here" in done.told


def test_a_library_in_two_forms_gives_each_work_once(desk: Desk) -> None:
    desk.put({"library.ris": RIS, "library.bib": BIBTEX.replace("lorries_2", "lorries/")})
    done = desk.take("zotero", "library.ris", "library.bib")
    assert len(desk.new) == 1
    assert "asked-twice" in done.codes


@pytest.mark.slow
def test_broken_libraries_are_findings(desk: Desk) -> None:
    hostile = {
        "a.json": '[{"id": 1, "title": ' + "[" * 200_000,
        "b.json": '[{"id": "x", "title": "\\ud800", "author": [{"family": 3}],'
        '"issued": {"date-parts": [[99999]]}}]',
        "c.bib": "@article{a, title = {Unclosed\n" * 50,
        "d.ris": "TY  - NEWS\nTI  - " + "x" * 100_000 + "\nUR  - not an address\nDA  - 2020/99/99/\nER  - \n",
        "e.ris": "TY  - NEWS\x00\nER  - \n",
        "f.txt": "TY  - NEWS\n",
    }
    desk.put(dict(hostile))
    for name in hostile:
        done = desk.take("zotero", name)
        assert done.code in (0, 1), name
        assert done.told or desk.new, name
    assert desk.field("articles/x.md", "title") == "Untitled"
