"""Addresses that were published: a list in the site's repository, and what has become of each.

It is a text file with one output path a line. `dossier publish` adds to it; who deletes a line lets that
address go.
"""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from msgspec.structs import replace

from dossier import urls
from dossier.diagnostics import Diagnostic, Mark, warning

RECORD = "published.txt"
HEAD = """\
# The addresses of this site that were published; `dossier publish` adds new ones. Commit this file.
# One that would vanish is reported, with what to write so that it leads on. Delete a line to let it go.
"""


def lasts(path: str) -> bool:
    """Whether an output path is that of a document's or an entity's own page, to which others may link."""
    folder, _, name = path.partition("/")
    stem = name.removesuffix(".html")
    if folder not in urls.FOLDERS.values() or stem == name or "/" in name:
        return False
    return stem != "index" and not stem.isdigit()


def read_record(data: bytes) -> dict[str, int]:
    """The recorded paths, each with its line. What is no path, as of a merge, is passed over."""
    lines = data.decode("utf-8-sig", "replace").splitlines()
    return {
        line.strip(): number for number, line in enumerate(lines, start=1) if line.strip().endswith(".html")
    }


def written_record(paths: Collection[str]) -> bytes:
    """The list of these paths, as the file has it."""
    return (HEAD + "".join(f"{path}\n" for path in sorted(paths))).encode()


def vanished(
    record: Mapping[str, int], pages: Collection[str], sources: Mapping[str, str], renamed: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """A finding for each recorded path at which there is no page any more.

    `sources` leads from the paths of documents' pages to their files; `renamed` from files of before to
    what they are called now, as far as that is known.
    """
    gone = sorted(record.keys() - set(pages))
    if not gone:
        return
    folded = {path.casefold(): path for path in pages}
    page_of = {source: page for page, source in sources.items()}
    fresh = [page for page in sources if page not in record]
    for path in gone:
        mark = Mark(record[path], 1, len(path)) if record[path] else Mark()
        message = f"'{path}' was published, and there is no such page any more"
        successor = sources.get(_successor(path, page_of, fresh, renamed), "")
        same = folded.get(path.casefold())
        if same:
            hint = f"to many systems {same} is the same: delete this line"
        elif successor:
            hint = f"add to the fields of {successor}: aliases: [{path}], or delete this line"
        else:
            hint = f"add to what took its place: aliases: [{path}]; if nothing did, delete this line"
        yield replace(warning(RECORD, mark, "vanished-address", message, hint), excerpt=path)


def _successor(
    path: str, page_of: Mapping[str, str], fresh: Collection[str], renamed: Mapping[str, str]
) -> str:
    """The page that probably took another's place: of its file's new name, or a new one much like it."""
    folder, _, name = path.partition("/")
    for former, current in renamed.items():
        if former.endswith(f"/{name.removesuffix('.html')}.md") and former.startswith(f"content/{folder}/"):
            return page_of.get(current, "")
    alike = get_close_matches(
        path, [page for page in fresh if page.startswith(f"{folder}/")], n=1, cutoff=0.75
    )
    return alike[0] if alike else ""
