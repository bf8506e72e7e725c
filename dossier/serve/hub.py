"""What open pages are told: one channel of server-sent events for each."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

HEARTBEAT = 15.0
BEHIND = 64


class Hub:
    """The channels to open pages. All but `tell` and `close` run in the server's loop.

    `state` is what a page that comes, or comes back, is told first.
    """

    def __init__(self, session: str) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._channels: set[asyncio.Queue[bytes | None]] = set()
        self._closed = False
        self.state: dict[str, Any] = {"session": session, "build": 0, "failed": False, "findings": []}

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def tell(self, message: dict[str, Any], state: dict[str, Any]) -> None:
        """Tell all open pages something, from any thread."""
        if self._loop is None or self._loop.is_closed():
            self.state |= state
        else:
            self._loop.call_soon_threadsafe(self._tell, message, state)

    def _tell(self, message: dict[str, Any], state: dict[str, Any]) -> None:
        self.state |= state
        for channel in tuple(self._channels):
            if channel.qsize() > BEHIND:  # It reads no more; when it comes back, it is told the state.
                self._channels.discard(channel)
                channel.put_nowait(None)
            else:
                channel.put_nowait(as_event(message))

    def close(self) -> None:
        """End all channels, from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._close)

    def _close(self) -> None:
        self._closed = True
        for channel in self._channels:
            channel.put_nowait(None)

    async def listen(self) -> AsyncIterator[bytes]:
        """A page's channel: the state, then what is told, with a sign of life where there is nothing."""
        channel: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._channels.add(channel)
        try:
            yield b"retry: 300\n\n" + as_event({"type": "hello", **self.state})
            while not self._closed:
                try:
                    message = await asyncio.wait_for(channel.get(), HEARTBEAT)
                except TimeoutError:
                    message = b": alive\n\n"
                if message is None:
                    return
                yield message
        finally:
            self._channels.discard(channel)


def as_event(message: dict[str, Any]) -> bytes:
    """A message as a server-sent event."""
    return b"data: " + json.dumps(message, ensure_ascii=False).encode() + b"\n\n"
