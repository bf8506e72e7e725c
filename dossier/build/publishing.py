"""What the output is to hold: pages and assets, each with what decides whether its file still stands."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from dossier import sources, urls
from dossier.build.documents import Documents
from dossier.build.rendering import Made, Maker, raise_findings
from dossier.build.result import Result
from dossier.diagnostics import DossierError
from dossier.output import Tree, Writer
from dossier.pictures import stripped
from dossier.theme import Theme

SEARCH_PAGE = "search.html"


def make_tree(maker: Maker, writer: Writer) -> Tree:
    """Make the pages, copy the assets, and say what the whole tree is. Raises DossierError."""
    planned, chosen, result = maker.planned, maker.chosen, maker.session.result
    tree = Tree({}, set(), b"", b"")
    with result.timings.stage("plan and render"):
        made = maker.make()
        worked = maker.worked
        raise_findings(worked)
        rows = {path: page.row for path, page in made.items()}
        plan = planned.complete(rows)
    kept_back = set(plan.withheld)
    documents = planned.documents
    assets = {urls.asset_path(path): path for path in documents.assets() if path not in kept_back}
    pictures = [*(each.path for each in plan.derived), *(card.path for card in plan.cards)]
    writer.check_paths([*made, *assets, *chosen.assets, *pictures])
    tree.files = {path: (page.digest, page.key) for path, page in made.items()}
    tree.changed.update(path for path, page in worked.items() if page.changed)
    with result.timings.stage("copy"):
        copy_assets(assets, chosen, documents, writer, tree)
    if plan.derived or plan.cards:
        from dossier.build.picturing import give_pictures  # Few sites have any.

        with result.timings.stage("pictures"):
            give_pictures(plan.derived, plan.cards, maker, writer, tree)
    if SEARCH_PAGE in made:
        from dossier.build import searching  # Few sites get here.

        with result.timings.stage("index"):
            searching.index_pages(maker, made, writer, tree)
    result.pages, result.assets = len(made), len(assets) + len(chosen.assets)
    count_times(worked, result)
    return tree


def count_times(worked: Mapping[str, Made], result: Result) -> None:
    """Count each rendered page's time, and its template's."""
    timings = result.timings
    for path, page in worked.items():
        if page.rendered:
            result.rendered += 1
            timings.pages[path] = page.seconds
            template = page.row.template
            timings.templates[template] = timings.templates.get(template, 0.0) + page.seconds


def copy_assets(
    assets: Mapping[str, str], chosen: Theme, documents: Documents, writer: Writer, tree: Tree
) -> None:
    """Copy the assets of content and theme whose files aren't as they should be."""
    pictures = documents.pictures
    for target, path in assets.items():
        digest = documents.entries[path].digest
        clean = pictures[path].clean if path in pictures else ""
        if clean:
            digest = bytes.fromhex(clean)
        if not _stands(writer, target, digest):
            copied = hashlib.blake2b(digest_size=16)
            try:
                writer.prepare(target, _counted(_chunks(documents, path, clean=bool(clean)), copied))
            except FileNotFoundError:
                continue  # It went during the build; the next one does without it too.
            except OSError as problem:
                raise DossierError(sources.unreadable(path, problem)) from problem
            digest = copied.digest()  # Another one, if the file has changed since it was listed.
            tree.changed.add(target)
        tree.files[target] = (digest, digest)
    for target, data in chosen.assets.items():
        digest = hashlib.blake2b(data, digest_size=16).digest()
        if not _stands(writer, target, digest):
            writer.prepare(target, [data])
            tree.changed.add(target)
        tree.files[target] = (digest, digest)


def _chunks(documents: Documents, path: str, *, clean: bool) -> Iterator[bytes]:
    """A file's bytes, a picture's without its metadata."""
    if clean:
        yield stripped(sources.read(documents.listing, path)[0])
    else:
        yield from sources.chunks(documents.listing, path)


def _counted(chunks: Iterable[bytes], digest: hashlib.blake2b) -> Iterator[bytes]:
    """The same chunks, with what has passed counted to a digest."""
    for chunk in chunks:
        digest.update(chunk)
        yield chunk


def _stands(writer: Writer, path: str, digest: bytes) -> bool:
    """Whether the output has a file of these bytes: as the manifest says, or as it turns out to have."""
    written = writer.written(path)
    return (written.digest if written else writer.digest(path)) == digest
