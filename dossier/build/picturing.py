"""The pictures of a site: looked at when they are read, and given in their sizes and forms when it is built.

What is made of a picture is kept in `.dossier/pictures/` by the digests of the picture and of how it is made,
apart from the memo: it takes long to make, and stays as it is when dossier changes.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dossier import engine, kept, sources, workers
from dossier.build.documents import Documents
from dossier.build.taking import take
from dossier.diagnostics import Diagnostic, DossierError, Mark, error, info
from dossier.library import Library
from dossier.model import Picture
from dossier.pictures import LARGEST, cards, sizes
from dossier.pictures.cards import SocialCard
from dossier.pictures.sizes import Derived
from dossier.walking import bundled_themes

if TYPE_CHECKING:
    from dossier.build.rendering import Maker
    from dossier.output import Tree, Writer

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


def cards_drawn(library: Library) -> tuple[bool, list[Diagnostic]]:
    """Whether cards are drawn for topics and notes, and why not where the site wants them."""
    site = library.site
    if not site.social_cards:
        return False, []
    if not site.url:
        message = "no social cards are drawn, for pages name them by their whole address"
        hint = "write where the site will be: url: https://…"
        return False, [info("site.yaml", Mark(), "cards-without-url", message, hint)]
    if not sizes.available():
        message = "no social cards are drawn, since Pillow isn't installed"
        hint = "pip install 'dossier-site[images]', or write social_cards: false"
        return False, [info("site.yaml", Mark(), "images-missing", message, hint)]
    return True, []


@dataclass(frozen=True)
class _File:
    """A file to be given: its output path, what its bytes depend on, and what makes them."""

    path: str
    key: bytes
    make: Callable[[], bytes]


def give_pictures(
    derived: Collection[Derived],
    social: Collection[SocialCard],
    maker: "Maker",
    writer: "Writer",
    tree: "Tree",
) -> None:
    """Take sizes of pictures, and cards, into a tree; made where they aren't kept. Raises DossierError."""
    session, documents = maker.session, maker.planned.documents
    place = session.state.folder / KEPT if session.state else None
    files = [*(_sized(documents, each) for each in derived), *_drawn(social)]
    lacking = []
    for file in files:
        written = writer.written(file.path)
        if written is not None and written.key == file.key and not session.options.verify:
            tree.files[file.path] = (written.digest, written.key)
        else:
            lacking.append(file)
    for file, data in _made(lacking, maker, place):
        written = writer.written(file.path)
        former = (written.digest, written.key) if written else None
        take(file.path, data, file.key, former, "made", writer, tree)
    if place is not None and lacking:
        _forget(place, {file.key.hex() for file in files})


def _sized(documents: Documents, derived: Derived) -> _File:
    _, options = sizes.FORMS[derived.form]
    told = f"{derived.width} {derived.form} {sorted(options.items())} {sizes.version()}"
    digest = documents.entries[derived.source].digest
    key = hashlib.blake2b(digest + told.encode(), digest_size=16).digest()

    def make() -> bytes:
        try:
            data, _ = sources.read(documents.listing, derived.source)
        except OSError as problem:
            raise DossierError(sources.unreadable(derived.source, problem)) from problem
        return sizes.resized(derived.source, data, derived.width, derived.form)

    return _File(derived.path, key, make)


def _drawn(social: Collection[SocialCard]) -> Iterator[_File]:
    if not social:
        return
    folder = Path(bundled_themes() or "") / "briefing" / "assets" / "fonts"
    fonts = {name: (folder / name).read_bytes() for name in cards.font_files()}
    # How a card is drawn is dossier's own code, whose bytes count as the engine's do.
    told = hashlib.blake2b(msgspec.msgpack.encode((engine.digest(), fonts)), digest_size=16).digest()
    for card in social:
        key = hashlib.blake2b(msgspec.msgpack.encode(card) + told, digest_size=16).digest()
        yield _File(card.path, key, partial(cards.drawn, card, fonts))


def _made(lacking: list[_File], maker: "Maker", place: Path | None) -> Iterator[tuple[_File, bytes]]:
    """The bytes of files: kept, or made by as many processes as there may be."""
    options = maker.session.options
    todo = []
    for file in lacking:
        data = kept.load(place / file.key.hex(), bytes) if place and not options.verify else None
        if data is None:
            todo.append(file)
        else:
            yield file, data
    made = workers.each(lambda item: todo[item].make(), len(todo), options.workers, lambda i: todo[i].path)
    for done, (item, result) in enumerate(made, start=1):
        data = msgspec.msgpack.decode(result, type=bytes)
        if place is not None:
            _keep(place / todo[item].key.hex(), data)
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
