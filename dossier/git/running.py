"""Running git: in English, without locks that aren't needed, without hooks, and without telling secrets."""

import os
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import IO

from dossier.diagnostics import DossierError, Mark, error

# The oldest git that has all that is used: `fetch --no-write-fetch-head` came with it (2020).
OLDEST = (2, 29)
# What ties a git command to a repository: of hooks and the like, never of the site. (`git rev-parse
# --local-env-vars`, without those that carry settings given by hand.)
TIES = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE"),
    *("GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_NAMESPACE", "GIT_LITERAL_PATHSPECS"),
    *("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_EXTERNAL_DIFF"),
)
# A folder that isn't there: hooks are the user's, for the user's own commits.
NO_HOOKS = ("-c", f"core.hooksPath={os.devnull}")
# Git tidies up behind a command, and goes on after its end; that is for the owner of a repository to ask for.
NO_UPKEEP = ("-c", "maintenance.auto=false", "-c", "gc.auto=0")
_SECRETS = re.compile(
    r"(?<=://)[^/@\s]+(?=@)|\b(?:gh[pousr]_|github_pat_|glpat-)[A-Za-z0-9_-]{8,}|"
    r"(?<=[Bb]asic )\S+|(?<=[Bb]earer )\S+"
)
_VERSION = re.compile(r"git version (\d+)\.(\d+)")
_PROGRESS = re.compile(r"([A-Z][a-z]+ [a-z ]+):\s+\d+% \((\d+)/(\d+)\)")

Progress = Callable[[str, int, int], None]


class GitError(Exception):
    """A git command that failed: which, its status, and its words without secrets."""

    def __init__(self, command: str, status: int, words: str, output: str = "") -> None:
        self.command, self.status, self.words, self.output = command, status, words, output
        super().__init__(f"git {command}: {self.reason}")

    @property
    def reason(self) -> str:
        """What git says of it, in a line."""
        lines = [line.strip() for line in self.words.splitlines() if line.strip()]
        told = [line for line in lines if line.startswith(("fatal:", "error:", "remote: error:"))]
        return (told or lines or [f"it ended with status {self.status}"])[0]


def masked(text: str) -> str:
    """The text without names and passwords of addresses, and without tokens.

    >>> masked("https://ann:ghp_0123456789@github.com/ann/file.git")
    'https://***@github.com/ann/file.git'
    """
    return _SECRETS.sub("***", text)


@dataclass(frozen=True)
class Git:
    """The program git, run in a folder.

    `asks` says whether there is somebody who can be asked for a password.
    """

    program: str
    folder: str
    environment: Mapping[str, str]
    asks: bool = False

    def run(self, *arguments: str) -> bytes:
        """What a command prints. Raises GitError."""
        process = self.start(*arguments)
        output, words = communicate(process)
        if process.returncode:
            raise failure(arguments, process.returncode, words, output)
        return output

    def text(self, *arguments: str) -> str:
        """What a command prints, as text without its last line's end."""
        return decoded(self.run(*arguments)).rstrip("\n")

    def answer(self, *arguments: str) -> str:
        """What a command prints; '' where it fails, which is its way to say no."""
        try:
            return self.text(*arguments)
        except GitError:
            return ""

    def start(self, *arguments: str, hooks: bool = False, **more: str) -> "subprocess.Popen[bytes]":
        """Begin a command, with pipes at its ends. `more` are environment variables."""
        options = () if hooks else NO_HOOKS
        return subprocess.Popen(
            [self.program, *NO_UPKEEP, *options, *arguments],
            cwd=self.folder,
            env={**self._environment(), **more},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def _environment(self) -> dict[str, str]:
        free = {name: value for name, value in self.environment.items() if name not in TIES}
        fixed = {"LC_ALL": "C", "LANGUAGE": "", "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": "cat"}
        if not self.asks:
            fixed |= {"GIT_TERMINAL_PROMPT": "0", "GCM_INTERACTIVE": "never"}
            if not {"GIT_SSH", "GIT_SSH_COMMAND"} & free.keys():
                fixed["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes"
        return free | fixed

    def version(self) -> tuple[int, int]:
        """Its version, as far as it matters: (2, 39)."""
        found = _VERSION.search(self.text("version"))
        return (int(found[1]), int(found[2])) if found else (0, 0)


def communicate(process: "subprocess.Popen[bytes]") -> tuple[bytes, bytes]:
    """A command's output and words. Where this process is interrupted meanwhile, the command ends first."""
    try:
        return process.communicate()
    except BaseException:
        end(process)
        raise


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a command, in the way that lets git clean up after itself."""
    process.terminate()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            try:
                stream.close()
            except BrokenPipeError:
                continue
    process.wait()


def failure(arguments: Iterable[str], status: int, words: bytes, output: bytes = b"") -> GitError:
    """The failure of a command, without secrets."""
    command = next((word for word in arguments if not word.startswith("-") and "=" not in word), "")
    return GitError(command, status, masked(decoded(words)), masked(decoded(output)))


def decoded(output: bytes) -> str:
    """Output as text, whatever its bytes are."""
    return output.decode("utf-8", "surrogateescape")


def follow(stream: IO[bytes], progress: Progress) -> bytes:
    """All that a command says, while its progress is told."""
    said, line = bytearray(), bytearray()
    while chunk := stream.read1(1 << 12):  # type: ignore[attr-defined]
        for byte in chunk:
            if byte not in b"\r\n":
                line.append(byte)
                continue
            found = _PROGRESS.search(line.decode("utf-8", "replace"))
            if found:
                progress(found[1].lower(), int(found[2]), int(found[3]))
            else:
                said += line + b"\n"
            line.clear()
    return bytes(said + line)


def git_program(folders: Iterable[str]) -> str:
    """The program git in one of these folders; '' where there is none.

    Only absolute ones are searched: the current one is somebody's site, which Windows would search first.
    """
    name = "git.exe" if os.name == "nt" else "git"
    for folder in folders:
        program = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(program) and os.access(program, os.X_OK):
            return program
    return ""


def find_git(folder: str, environment: Mapping[str, str], *, asks: bool = False) -> Git:
    """Git, to be run in a folder. Raises DossierError where it is missing or too old."""
    program = git_program(environment.get("PATH", os.defpath).split(os.pathsep))
    if program:
        return _new_enough(Git(program, folder, environment, asks))
    hint = "install it from https://git-scm.com, or publish without it: dossier publish --to DIR"
    raise DossierError(error("git", Mark(), "git-missing", "git is not installed, or not on the PATH", hint))


def _new_enough(git: Git) -> Git:
    try:
        version = git.version()
    except (GitError, OSError) as problem:
        message = f"git can't be run: {problem}"
        raise DossierError(error(git.program, Mark(), "git-missing", message, "install it anew")) from problem
    if version >= OLDEST:
        return git
    has, needs = (".".join(map(str, numbers)) for numbers in (version, OLDEST))
    message = f"git is too old: this is {has}, and publishing needs {needs}"
    hint = "install a newer one from https://git-scm.com, or publish without it: dossier publish --to DIR"
    raise DossierError(error(git.program, Mark(), "git-old", message, hint))
