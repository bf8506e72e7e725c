"""What comes of a text, whichever way it was read."""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from dossier.diagnostics import Diagnostic, Mark
from dossier.model import Body, Heading, Quotation, Record, Reference, Silence, Slot

# Stands in HTML for a slot: a character that can't occur in a text that was parsed.
SLOT = "\0"

_ENCODER = msgspec.msgpack.Encoder()


class Rendered(Record, frozen=True):
    """A body, its HTML cut at its slots, what it refers to, what is wrong with it and what it allows.

    `quoted` are the places of its quotations.
    """

    body: Body
    segments: tuple[str, ...]
    references: tuple[Reference, ...]
    diagnostics: tuple[Diagnostic, ...]
    silences: tuple[Silence, ...] = ()
    quoted: tuple[Mark, ...] = ()


def rendered(
    html: str,
    slots: Sequence[Slot],
    headings: Sequence[Heading],
    citations: Iterable[str],
    mentions: Iterable[str],
    assets: Iterable[str],
    words: int,
    opening: str,
    references: Sequence[Reference],
    links: Iterable[str],
    quotations: Sequence[tuple[Quotation, Mark]],
    diagnostics: Sequence[Diagnostic] = (),
    silences: Sequence[Silence] = (),
) -> Rendered:
    """The parts of a body put together; each slot is a NUL in the HTML."""
    segments = tuple(html.split(SLOT))
    slots, headings = tuple(slots), tuple(headings)
    digest = _digest(segments, slots, headings)
    body = Body(
        digest,
        slots,
        headings,
        tuple(citations),
        tuple(mentions),
        tuple(assets),
        words,
        opening,
        tuple(links),
        tuple(quotation for quotation, _ in quotations),
    )
    quoted = tuple(mark for _, mark in quotations)
    return Rendered(body, segments, tuple(references), tuple(diagnostics), tuple(silences), quoted)


def nothing(*findings: Diagnostic) -> Rendered:
    """What a text becomes that can't be shown."""
    return Rendered(Body(digest=_digest(("",), (), ())), ("",), (), findings)


def _digest(*values: object) -> str:
    return hashlib.blake2b(_ENCODER.encode(values), digest_size=16).hexdigest()
