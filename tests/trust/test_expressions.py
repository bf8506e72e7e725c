"""Every regular expression of dossier takes time that grows with its text, whatever the text is."""

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

import dossier

# Repeated, these are what some part of an expression likes to begin with and go on in.
WORDS = """a A 1 - _ . : / ( ) [ ] < > { } " ' * = & # @ | ! ~ ` \\ % $ ^ + ? é ا … “ a- a. a, 1, 1- a:
    a= [[ ]( <!-- --> &a; http://a a:// :// a/ ”“ [a] {a {{ |- Aa @a @a; <a /> […] 0- 2020- a@ a@a.
    %2 &# </ a=" --"""
PUMPS = WORDS.split()
PUMPS += [" ", "\t", "\n", "a ", "1 ", "a, ", "A. ", "a\n", " \n", "> ", ">\n", "| ", "\r\n", "\u200b", "<a "]
PUMPS += ["p. 1, ", "January ", "1 January ", 'a="b" ']
SHORT, FACTOR = 2_000, 4
ALL_TEXT = ("search", "finditer", "findall", "sub", "split", "subn")
Try = Callable[[str], object]

# Expressions that look through texts in more than linear time, and why that is bounded.
BOUNDED = {
    "dossier.citations.formatting._LINK": "what Typst wrote",
    "dossier.clip.metadata._NAMES": "bylines, in which runs of spaces are one space already",
    "dossier.clip.writing._PLAIN": "values of less than a thousand characters; longer ones are quoted",
    "dossier.importing.proving._FRAGMENT": "one link, which is a line at most",
}


def expressions() -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """Each expression that a module has by a name, and whether it is looked for all over a text."""
    for found in pkgutil.walk_packages(dossier.__path__, "dossier."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, pattern in named(module):
            if isinstance(pattern.pattern, str):
                yield f"{found.name}.{name}", pattern, is_sought(module, name)


def named(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in vars(module).items():
        held = (
            value.values()
            if isinstance(value, dict)
            else value
            if isinstance(value, tuple | list)
            else [value]
        )
        for one in held:
            owner = getattr(one, "__self__", one)  # The method of one, kept by itself.
            if isinstance(owner, re.Pattern):
                yield name, owner


def is_sought(module: ModuleType, name: str) -> bool:
    source = inspect.getsource(module)
    if re.search(rf"\b{name}\s*=.*\)\.({'|'.join(ALL_TEXT)})\b", source):
        return True
    return bool(re.search(rf"\b{name}\.({'|'.join(ALL_TEXT)})\b", source))


def seconds(act: Try, text: str) -> float:
    started = time.process_time()
    act(text)
    return time.process_time() - started


def slow(act: Try, pump: str) -> bool:
    """Whether four times the text takes more than eight times as long, if it can be measured at all."""
    for tail in ("", "\0"):
        short = pump * (SHORT // len(pump)) + tail
        if seconds(act, short) > 0.004:
            long = pump * (SHORT * FACTOR // len(pump)) + tail
            if min(seconds(act, long) for _ in range(2)) > 8 * min(seconds(act, short) for _ in range(3)):
                return True
    return False


EXPRESSIONS = sorted(set(expressions()), key=lambda found: (found[0], found[1].pattern))


def test_there_are_many() -> None:
    assert len(EXPRESSIONS) > 100


@pytest.mark.slow
@pytest.mark.parametrize(("name", "pattern", "sought"), EXPRESSIONS, ids=[name for name, _, _ in EXPRESSIONS])
def test_time_grows_with_the_text(name: str, pattern: re.Pattern[str], sought: bool) -> None:
    def look(text: str) -> object:
        return [match.end() for match in pattern.finditer(text)]

    acts: list[Try] = [pattern.match, pattern.fullmatch, *([look] if sought else [])]
    found = [pump for pump in PUMPS for act in acts if slow(act, pump)]
    assert found == [] or name in BOUNDED
