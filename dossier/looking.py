"""A build's first look: at the site and, in a process of its own meanwhile, at the output.

It is taken before anything else is loaded: often it shows that there is nothing to do, and else the build
goes on from what was seen.
"""

import marshal
import os
import time

from dossier import locking
from dossier.digests import SIZE, blake2b, digest_of
from dossier.folders import OUTPUT, STAGING_INSIDE, STATE, staging_beside
from dossier.revision import revision
from dossier.walking import Stat, Walk, bundled_themes, ignored, packed, to_stat, walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

PARTS = ("content", "themes")
FLAGS = {"--strict": "strict", "--drafts": "drafts", "--atomic": "atomic"}


def today() -> str:
    """The day of a build, UTC: SOURCE_DATE_EPOCH's where that is set, so that builds can be repeated.

    Raises ValueError where that is no time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return time.strftime("%Y-%m-%d", time.gmtime(int(epoch) if epoch else None))
    except (OverflowError, OSError) as problem:
        raise ValueError(f"'{epoch}' is no time") from problem


class Asked:
    """What a build is asked for, as far as it is asked in the simplest way."""

    __slots__ = ("atomic", "drafts", "output", "site", "strict")

    def __init__(self, site: str, output: str) -> None:
        self.site, self.output = site, output
        self.strict = self.drafts = self.atomic = False


class Site:
    """The files of a site: `site.yaml`, those of its parts, of the themes that come with dossier, and its
    history's revision.

    `bundled` is the folder of the latter, empty where it is the site's own. Raises OSError where a folder
    can't be listed.
    """

    __slots__ = ("_digest", "bundled", "parts", "revision", "settings")

    def __init__(self, site: str, themes: str | None) -> None:
        self._digest: bytes | None = None
        self.parts: dict[str, Walk] = {}
        self.revision = revision(site)
        self.bundled = ""
        for part in PARTS:
            place = os.path.join(site, part)
            self.parts[part] = walk(place, f"{part}/", ignored) if os.path.isdir(place) else Walk()
        if themes is not None and os.path.realpath(themes) != os.path.realpath(os.path.join(site, "themes")):
            self.bundled = themes
            self.parts["bundled"] = walk(themes, "themes/", ignored)
        self.settings: Stat | None = None
        if os.path.isfile(settings := os.path.join(site, "site.yaml")):
            self.settings = to_stat(os.stat(settings))

    def digest(self) -> bytes:
        """The digest of all that was seen."""
        if self._digest is None:
            self._digest = self._digested()
        return self._digest

    def _digested(self) -> bytes:
        seen = blake2b(repr((self.bundled, self.settings, self.revision)).encode(), digest_size=SIZE)
        for part, walked in self.parts.items():
            seen.update(part.encode() + walked.digest())
        return seen.digest()


class Look:
    """What is held and seen at the start of a build: the lock, the time before it, the site, the output.

    `output` is seen by a process of its own meanwhile; only its digest comes at once.
    """

    def __init__(self, asked: Asked, lock: int, day: str) -> None:
        self.asked, self.lock, self.day = asked, lock, day
        self._output: Walking | None = None
        try:
            self.stamp = locking.now(lock, os.path.join(asked.site, STATE, "lock"))
            self._output = begin_walk(asked.output, lock)
            self.site = Site(asked.site, bundled_themes())
        except BaseException:
            self.end()
            raise

    def output_digest(self) -> bytes:
        """The digest of the output's walk; b'' where there was none to see."""
        return self._output.digest() if self._output else b""

    def output(self) -> Walk | None:
        """The output's walk; None where it has to be walked through again. May be asked for once."""
        walking, self._output = self._output, None
        return walking.result() if walking else None

    def end(self) -> None:
        """Let go of the lock and of the walk."""
        if self._output is not None:
            self._output.end()
        os.close(self.lock)


class Walking:
    """A walk in a process of its own."""

    def __init__(self, process: int, pipe: int) -> None:
        self._process, self._pipe = process, pipe
        self._digest: bytes | None = None

    def digest(self) -> bytes:
        """The digest of the walk; b'' where it failed."""
        if self._digest is None:
            self._digest = os.read(self._pipe, SIZE)
        return self._digest

    def result(self) -> Walk | None:
        """The walk; None where it failed."""
        self.digest()
        walked = Walk()
        try:
            with os.fdopen(self._pipe, "rb", closefd=False) as file:
                data = memoryview(file.read())
            middle = len(data) - int.from_bytes(data[-4:], "big")
            files, others = marshal.loads(data[:middle])
            walked.folders = set(marshal.loads(data[middle:]))
        except (EOFError, ValueError, TypeError):
            return None
        finally:
            self.end()
        walked.files, walked.others = dict(files), set(others)
        return walked

    def end(self) -> None:
        """End the process, which writes on only as long as somebody reads."""
        os.close(self._pipe)
        os.waitpid(self._process, 0)


def begin_walk(folder: str, lock: int) -> Walking | None:
    """Begin to walk through an output; None where there is no way to do that meanwhile."""
    if not hasattr(os, "fork"):
        return None
    pipe, end = os.pipe()
    process = os.fork()
    if process:
        os.close(end)
        return Walking(process, pipe)
    status = 1
    try:
        os.close(pipe)
        os.close(lock)  # It must not outlast the process whose lock it is.
        seen = walk(folder, "", lambda name: name == STAGING_INSIDE)
        data = packed(seen.files.items(), seen.others)
        digest = digest_of(data)
        folders = marshal.dumps(sorted(seen.folders), 0)
        rest = memoryview(digest + data + folders + (len(folders) + 4).to_bytes(4, "big"))
        while rest:
            rest = rest[os.write(end, rest) :]
        status = 0
    except (OSError, KeyboardInterrupt):
        status = 1  # The other process sees that nothing came, and looks itself.
    finally:
        os._exit(status)


def asked_for(arguments: "Sequence[str]") -> Asked | None:
    """What `dossier build` with these arguments is asked for; None where it takes more than a look."""
    if not arguments or arguments[0] != "build":
        return None
    site = os.getcwd()
    while not os.path.isfile(os.path.join(site, "site.yaml")):
        above = os.path.dirname(site)
        if above == site:
            return None
        site = above
    asked = Asked(site, os.path.join(site, OUTPUT))
    words = iter(arguments[1:])
    for word in words:
        if word in FLAGS:
            setattr(asked, FLAGS[word], True)
        elif word == "--output" and (folder := next(words, "")):
            asked.output = os.path.abspath(folder)
        else:
            return None
    return asked


def look(arguments: "Sequence[str]") -> Look | None:
    """Look at a site and its output; None where a command has to go another way. The caller ends the look."""
    asked = asked_for(arguments)
    if asked is None:
        return None
    state = os.path.join(asked.site, STATE)
    try:
        lock = os.open(os.path.join(state, "lock"), os.O_RDWR)
    except OSError:
        return None  # The site's first build.
    try:
        day = today()
        locking.hold(lock)
        undone = (os.path.join(state, "journal"), staging_beside(asked.output))
        if not os.path.islink(asked.output) and not any(os.path.lexists(place) for place in undone):
            return Look(asked, lock, day)
        os.close(lock)
    except (OSError, ValueError):
        pass  # Another way will tell what is wrong.
    return None
