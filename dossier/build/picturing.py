"""The pictures of a site: looked at when they are read, and given in their sizes and forms when it is built.

What is made of a picture is kept in `.dossier/pictures/` by the digests of the picture and of how it is made,
apart from the memo: it takes long to make, and stays as it is when dossier changes.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dossier import kept, sources, workers
from dossier.build.documents import Documents
from dossier.diagnostics import Diagnostic, DossierError, Mark, error, info
from dossier.library import Library
from dossier.model import Picture
from dossier.pictures import LARGEST, sizes

if TYPE_CHECKING:
    from dossier.build.rendering import Maker
    from dossier.output import Tree, Writer
    from dossier.pictures.sizes import Derived

KEPT = "pictures"


def forms_of(library: Library, pictures: Mapping[str, Picture]) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """The forms in which the site gives its pictures besides their own, and what is wrong with them."""
    findings = [
        error(
            path, Mark(), "picture-too-large", _too_large(picture), "save it smaller: no reader sees so many"
        )
        for path, picture in pictures.items()
        if picture.width * picture.height > LARGEST
    ]
    wanted = next((path for path, picture in pictures.items() if sizes.widths(picture)), "")
    if not wanted or not library.site.images:
        return (), findings
    if not sizes.available():
        message = "pictures are given in the size that they have, since Pillow isn't installed"
        hint = "pip install 'dossier-site[images]', or write images: false in site.yaml"
        return (), [*findings, info(wanted, Mark(), "images-missing", message, hint)]
    return sizes.forms(), findings


def _too_large(picture: Picture) -> str:
    millions = picture.width * picture.height // 1_000_000
    return f"the picture has {millions:,} million pixels; the most is {LARGEST // 1_000_000}"


def give_pictures(derived: Collection["Derived"], maker: "Maker", writer: "Writer", tree: "Tree") -> None:
    """Take all that is made of pictures into a tree, made where it isn't kept. Raises DossierError."""
    session, documents = maker.session, maker.planned.documents
    place = session.state.folder / KEPT if session.state else None
    keys = {each.path: _key(documents, each) for each in derived}
    lacking = []
    for each in derived:
        written = writer.written(each.path)
        if written is not None and written.key == keys[each.path] and not session.options.verify:
            tree.files[each.path] = (written.digest, written.key)
        else:
            lacking.append(each)
    for each, data in _made(lacking, keys, maker, place):
        digest = hashlib.blake2b(data, digest_size=16).digest()
        written = writer.written(each.path)
        if written is not None and written.key == keys[each.path] and written.digest != digest:
            message = "what was kept of this is not what comes out when it is made again"
            hint = "this is a mistake in dossier, please report it; deleting .dossier/ mends this site"
            raise DossierError(error(each.path, Mark(), "not-reproducible", message, hint))
        tree.files[each.path] = (digest, keys[each.path])
        if writer.digest(each.path) != digest:
            writer.prepare(each.path, [data])
            tree.changed.add(each.path)
    if place is not None and lacking:
        _forget(place, {key.hex() for key in keys.values()})


def _key(documents: Documents, derived: "Derived") -> bytes:
    """What the bytes of a file depend on, Pillow's version included."""
    _, options = sizes.FORMS[derived.form]
    told = f"{derived.width} {derived.form} {sorted(options.items())} {sizes.version()}"
    digest = documents.entries[derived.source].digest
    return hashlib.blake2b(digest + told.encode(), digest_size=16).digest()


def _made(
    lacking: list["Derived"], keys: Mapping[str, bytes], maker: "Maker", place: Path | None
) -> Iterator[tuple["Derived", bytes]]:
    """The bytes of files: kept, or made by as many processes as there may be."""
    options, listing = maker.session.options, maker.planned.documents.listing
    todo = []
    for each in lacking:
        data = kept.load(place / keys[each.path].hex(), bytes) if place and not options.verify else None
        if data is None:
            todo.append(each)
        else:
            yield each, data

    def work(item: int) -> bytes:
        each = todo[item]
        try:
            data, _ = sources.read(listing, each.source)
        except OSError as problem:
            raise DossierError(sources.unreadable(each.source, problem)) from problem
        return sizes.resized(each.source, data, each.width, each.form)

    results = workers.each(work, len(todo), options.workers, lambda item: todo[item].path)
    for done, (item, result) in enumerate(results, start=1):
        data = msgspec.msgpack.decode(result, type=bytes)
        if place is not None:
            _keep(place / keys[todo[item].path].hex(), data)
        options.progress("pictures", done, len(todo))
        yield todo[item], data


def _keep(place: Path, data: bytes) -> None:
    try:
        place.parent.mkdir(exist_ok=True)
        kept.store(place, data)
    except OSError:
        return  # It is made again the next time.


def _forget(place: Path, live: set[str]) -> None:
    """Forget files that no build has had a use for of late, once they prevail."""
    try:
        unused = [path for path in place.iterdir() if path.name not in live]
        if len(unused) > len(live) + 100:
            for path in unused:
                path.unlink(missing_ok=True)
    except OSError:
        return  # They are in nobody's way.
