"""`content/**/*.csl`: a citation style of one's own, in the Citation Style Language.

https://docs.citationstyles.org/en/stable/specification.html
"""

from typing import TYPE_CHECKING

from dossier.diagnostics import Mark
from dossier.documents.reading import Reading
from dossier.model import CitationStyle

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
SOURCE = "save it anew from https://www.zotero.org/styles"


class _WrongError(Exception):
    """What is wrong with a style, a hint, and where."""

    def __init__(self, message: str, hint: str, mark: Mark | None = None) -> None:
        super().__init__(message)
        self.message, self.hint, self.mark = message, hint, mark or Mark()


def read_style(reading: Reading, data: bytes) -> CitationStyle | None:
    """The style that a file holds, if it is one that stands alone."""
    try:
        return _style(reading.path, data)
    except _WrongError as problem:
        reading.error(problem.mark, "citation-style", problem.message, problem.hint)
        return None


def _style(path: str, data: bytes) -> CitationStyle:
    # Of the few sites that have a style of their own.
    from xml.etree.ElementTree import ParseError, fromstring

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _WrongError("a style has no document type and no entities", "take the <!DOCTYPE …> away")
    try:
        text = data.decode("utf-8-sig")
        root = fromstring(text)
    except UnicodeDecodeError:
        raise _WrongError("the style isn't in UTF-8", SOURCE) from None
    except ParseError as problem:
        line, column = problem.position
        what = str(problem).partition(":")[0]
        raise _WrongError(f"the style is no XML: {what}", SOURCE, Mark(line, column + 1, 1)) from None
    if root.tag != f"{NAMESPACE}style":
        raise _WrongError("this is no style of the Citation Style Language", SOURCE)
    if root.find(f"{NAMESPACE}citation") is None:
        parents = (link.get("href", "") for link in root.iter(f"{NAMESPACE}link"))
        parent = next((href for href in parents if "zotero.org/styles/" in href), "")
        hint = f"save {parent}" if parent else SOURCE
        raise _WrongError("the style depends on another, and says nothing itself", hint)
    return CitationStyle(path, text, root.get("class") == "note", _bare_pages(root))


def _bare_pages(root: "Element") -> bool:
    """Whether pages go without a label: they have a case of their own that has none, or nothing has one."""
    labelled = [label for label in root.iter(f"{NAMESPACE}label") if label.get("variable") == "locator"]
    if not labelled:
        return True
    for case in (*root.iter(f"{NAMESPACE}if"), *root.iter(f"{NAMESPACE}else-if")):
        if "page" in case.get("locator", "").split() and case.get("match") != "none":
            return not any(label.get("variable") == "locator" for label in case.iter(f"{NAMESPACE}label"))
    return False
