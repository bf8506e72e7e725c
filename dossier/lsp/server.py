"""The server itself: which sites it looks at, and when."""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from lsprotocol import types as lsp
from pygls import uris
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from dossier import __version__
from dossier.diagnostics import DossierError
from dossier.lsp.answers import Place
from dossier.lsp.mentions import Mention, at, mentions
from dossier.lsp.open_site import OpenSite, Snapshot, is_read
from dossier.lsp.places import Units, lines_of
from dossier.lsp.running import File, Running

# Seconds for which typing rests before a text is looked at.
TYPING = 0.15
REFUSED = lsp.LSPErrorCodes.RequestFailed


class Server(LanguageServer):
    """Answers editors. `given` is the site to look at whatever they open; `today` gives the day."""

    def __init__(self, today: Callable[[], str], given: Path | None) -> None:
        # Whole texts: what counts as a line's end isn't the same everywhere, and texts are short.
        super().__init__("dossier", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.today, self.given = today, given
        self.running: dict[Path, Running] = {}
        self.worker = ThreadPoolExecutor(1, thread_name_prefix="dossier")
        self._homeless: set[Path] = set()

    @property
    def units(self) -> Units:
        """Columns as agreed on."""
        return Units(self.workspace.position_encoding)

    # ------------------------------------------------------------ sites and files

    def site_of(self, place: Path) -> Running | None:
        """The site that a file or folder belongs to, looked at from now on; None where it is in none."""
        for folder in (place, *place.parents):
            if folder in self.running:
                return self.running[folder]
            if (folder / "site.yaml").is_file():
                return self.take_up(folder)
        return None

    def take_up(self, folder: Path) -> Running:
        """Begin to look at a site."""
        if folder not in self.running:
            self.running[folder] = Running(OpenSite(folder, self.today))
            self.schedule(self.running[folder], 0)
        return self.running[folder]

    def locate(self, uri: str) -> tuple[Running, str] | None:
        """The site of a file, and its path there; None for what is no file of any site."""
        name = uris.to_fs_path(uri) if uri.startswith("file:") else None
        if not name:
            return None
        place = Path(name)
        running = self.site_of(place.parent)
        if running is None:
            if place.parent not in self._homeless:
                self._homeless.add(place.parent)
                self.say(f"{place}: there is no site.yaml here or above, so dossier has nothing to say of it")
            return None
        path = place.relative_to(running.site.site).as_posix()
        return running, unicodedata.normalize("NFC", path)

    def file(self, uri: str) -> File | None:
        """A file that is asked about."""
        found = self.locate(uri)
        if found is None:
            return None
        running, path = found
        text = running.site.text(path)
        return File(running, path, text, lines_of(text))

    def uri(self, running: Running, path: str) -> str:
        """The address of a site's file."""
        return uris.from_fs_path(running.site.place(path)) or ""

    def say(self, text: str, kind: lsp.MessageType = lsp.MessageType.Info) -> None:
        """Tell something in the editor's log."""
        self.window_log_message(lsp.LogMessageParams(kind, text))

    # ------------------------------------------------------------ looking

    def schedule(self, running: Running, delay: float, *, look: bool = False) -> None:
        """Look at a site after some time in which nothing else happens to it."""
        running.look |= look
        if running.busy:
            running.again = True
            return
        if running.timer is not None:
            running.timer.cancel()
        loop = asyncio.get_running_loop()
        running.timer = loop.call_later(delay, lambda: loop.create_task(self.look(running)))

    async def look(self, running: Running) -> None:
        """Look at a site, and tell what was found."""
        if running.busy:
            running.again = True
            return
        running.busy, running.again = True, False
        look, running.look = running.look, False
        first = not running.begun
        try:
            loop = asyncio.get_running_loop()
            told = await loop.run_in_executor(self.worker, running.refresh, self.units, look)
        except DossierError as problem:
            self.say(str(problem), lsp.MessageType.Error)
        except Exception as problem:  # Nothing that stands in files may end the editor's session.
            self.say(f"a mistake in dossier: {type(problem).__name__}: {problem}", lsp.MessageType.Error)
        else:
            for path, version, diagnostics in told:
                self.text_document_publish_diagnostics(
                    lsp.PublishDiagnosticsParams(self.uri(running, path), diagnostics, version)
                )
            if first:
                self.say(f"dossier has read {running.site.site}")
        finally:
            running.busy = False
        if running.again:
            self.schedule(running, TYPING)

    # ------------------------------------------------------------ what stands at a place

    def mention(self, file: File, position: lsp.Position) -> Mention | None:
        """What is named at a place."""
        snapshot, parsed = file.running.snapshot, file.running.site.parsed(file.path)
        if snapshot is None or parsed is None:
            return None
        line, column = self.units.place(file.lines, position)
        return at(tuple(mentions(parsed, file.text, snapshot.library)), line, column)

    def location(self, running: Running, place: Place) -> lsp.Location:
        """A place in a file, for the editor."""
        lines = lines_of(running.site.text(place.path))
        return lsp.Location(self.uri(running, place.path), self.units.range(lines, place.mark))

    def up_to_date(self, running: Running) -> Snapshot:
        """The site with all that has been typed until now. Raises JsonRpcException before it was read."""
        if running.snapshot is None:
            raise JsonRpcException("dossier is still reading the site; try again in a moment", REFUSED)
        buffers = {p: running.site.parsed(p) for p in tuple(running.site.buffers) if is_read(p)}
        heads = dict(running.snapshot.heads)
        heads.update({path: head for path, head in buffers.items() if head is not None})
        held = frozenset(path for path, head in buffers.items() if head is not None)
        return replace(running.snapshot, heads=heads, uses=running.snapshot.uses.and_perhaps(held))
