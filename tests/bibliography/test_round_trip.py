"""What was written is read back: no field that dossier knows is lost on the way."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dossier.bibliography import FORMATS, read_bibliography
from dossier.bibliography.csl_json import TYPES
from dossier.diagnostics import DossierError
from dossier.views import BibliographyView, CitedName, CitedWork
from tests.bibliography.test_formats import BOTH, REPORT

# Letters of several scripts, and signs that mean something to one form or another.
SIGNS = st.sampled_from("aZé ßשن中-–—'\"“”`?!&%$#_~^{}\\.,:;()[]/<>@=|*+")
TEXTS = st.text(SIGNS, max_size=24).map(lambda text: " ".join(text.split()))
WORDS = st.text(st.sampled_from("aZéßשن中"), min_size=1, max_size=8)
NAMES = st.one_of(
    st.builds(lambda family, given: CitedName(f"{given} {family}", family, given), WORDS, WORDS),
    WORDS.map(CitedName),
)
DATES = st.sampled_from(["", "2020", "2020-02", "2020-02-12"])
URLS = st.sampled_from(["", "https://example.org/a_b?c=d%20e&f=#g"])
WORKS = st.builds(
    CitedWork,
    id=st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True),
    kind=st.sampled_from(sorted(TYPES)),
    title=TEXTS,
    authors=st.lists(NAMES, max_size=3).map(tuple),
    container=st.just(""),
    publisher=TEXTS,
    genre=TEXTS,
    date=DATES,
    url=URLS,
    archive=URLS,
    accessed=DATES,
    language=st.sampled_from(["", "en", "ar", "pt-BR"]),
    abstract=TEXTS,
    tags=st.lists(WORDS, max_size=3).map(tuple),
    page=st.just(""),
).map(
    lambda work: (
        replace(work, container=work.publisher, publisher="") if work.kind in ("news", "analysis") else work
    )
)


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None)  # The first call loads the libraries.
@given(work=WORKS)
@example(work=REPORT)
def test_a_work_comes_back_as_it_went(name: str, work: CitedWork) -> None:
    (read,) = read_bibliography(name, FORMATS[name](BibliographyView((work,))))
    expected = work if name == "bibliography.json" else replace(work, page="")
    expected = replace(expected, abstract=" ".join(expected.abstract.split()))
    assert read.work == expected
    assert read.lost == ()


@pytest.mark.parametrize("name", FORMATS)
def test_several_come_back_in_their_order(name: str) -> None:
    read = read_bibliography(name, FORMATS[name](BOTH))
    assert [one.work.id for one in read] == ["crs-2020", "x"]


ZOTERO = """@article{doe2020,
  title = {Training in {{Iraq}}: M{\\"u}ller's view},
  author = {Doe, Jane and {NATO}},
  journaltitle = {Defense News},
  date = {2020-02-12},
  volume = 3,
  file = {/home/me/paper.pdf}
}
"""


def test_what_has_no_place_is_named() -> None:
    (read,) = read_bibliography("zotero.bib", ZOTERO.encode())
    assert read.work.title == "Training in Iraq: Müller's view"
    assert [author.name for author in read.work.authors] == ["Jane Doe", "NATO"]
    assert (read.work.container, read.work.date) == ("Defense News", "2020-02-12")
    assert read.lost == ("file", "volume")


BROKEN: dict[str, bytes] = {
    "x.json": b'[{"id": "a", ]',
    "y.json": b'"text"',
    "z.json": b"[1]",
    "x.bib": b"@article{a, title = {never closed",
    "x.ris": b"\xff\xfe",
    "notes.docx": b"PK",
    "no-suffix": b"",
}


@pytest.mark.parametrize(("name", "data"), BROKEN.items(), ids=BROKEN)
def test_what_is_no_bibliography_is_refused_with_a_reason(name: str, data: bytes) -> None:
    with pytest.raises(DossierError) as caught:
        read_bibliography(name, data)
    (finding,) = caught.value.diagnostics
    assert (finding.path, finding.code) == (name, "bibliography")
    assert finding.hint
