"""Whether quotations stand in their sources: a table of pairs, and laws that hold for all."""

import re
from pathlib import Path

import pytest

from dossier.evidence.folding import fold
from dossier.evidence.matching import find, has_words

ROW = re.compile(r"^\| (.+?) \| (.+?) \| (verified|differs) \|$", re.M)
ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\(n)")


def unescaped(cell):
    text = ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else " ", cell)
    return text.replace("¶", "\n")


PAIRS = [
    (unescaped(text), unescaped(quotation), verdict)
    for text, quotation, verdict in ROW.findall((Path(__file__).parent / "pairs.md").read_text("utf-8"))
]


@pytest.mark.parametrize(("text", "quotation", "verdict"), PAIRS)
def test_every_pair_gets_its_verdict(text, quotation, verdict):
    assert (find(quotation, fold(text)) is not None) == (verdict == "verified")


def test_the_table_is_long_enough_and_all_of_it_is_read():
    written = (Path(__file__).parent / "pairs.md").read_text("utf-8")
    assert written.count("\n| ") == len(PAIRS) + 2 * written.count("\n## ")
    assert len(PAIRS) >= 60


@pytest.mark.parametrize("quotation", ["", "…", "[…]", "[he]", "“”", " - ", "[he] […] [she]"])
def test_a_quotation_without_words_stands_nowhere(quotation):
    assert find(quotation, fold("he and “she” … - stay [he]")) is None
    assert not has_words(quotation)
