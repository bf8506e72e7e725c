"""Where formatted citations are kept, so that no two builds format the same ones."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

Get = Callable[[bytes], bytes | None]


@dataclass
class Keeping:
    """What was kept of former builds, by the digests of its arguments, and what is new in this one."""

    get: Get = lambda _key: None
    new: dict[bytes, bytes] = field(default_factory=dict)


_current: ContextVar[Keeping | None] = ContextVar("keeping", default=None)


@contextmanager
def keeping(get: Get) -> Iterator[dict[bytes, bytes]]:
    """Have citations looked for by `get` before they are formatted; what is new is in the dictionary."""
    kept = Keeping(get)
    token = _current.set(kept)
    try:
        yield kept.new
    finally:
        _current.reset(token)


def current() -> Keeping:
    """Where citations are kept now; in nothing that lasts, unless somebody has said so."""
    return _current.get() or Keeping()
