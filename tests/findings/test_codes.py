"""Every code is known, explained and documented."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.diagnostics import Mark, Severity, error
from dossier.findings.code import Code
from dossier.findings.codes import CODES, STAGES, code_problem
from tests.conftest import REPOSITORY
from tests.findings.emitted import emitted, is_emitted

PAGE = REPOSITORY / "docs" / "findings.md"
MARK = "<!-- The lists below are made from dossier/findings/: DOSSIER_ACCEPT=1 pytest tests/findings -->"
TITLES = {
    "file": "In one file",
    "site": "Between files",
    "theme": "In a theme",
    "command": "What a command can't do",
    "publish": "What keeps a site from being published",
    "check": "What an editor would see",
    "links": "Links out of the site",
}
PATTERNS = emitted()


def test_every_code_that_dossier_gives_is_known() -> None:
    concrete = {code for code in PATTERNS if "*" not in code}
    assert concrete > {"unknown-topic", "yaml-syntax", "missing-date", "same-name", "unreadable"}
    assert concrete - CODES.keys() == set()
    for pattern in PATTERNS.keys() - concrete:
        assert any(re.fullmatch(pattern.replace("*", "[a-z-]+"), code) for code in CODES), pattern


@pytest.mark.parametrize("code", CODES)
def test_every_code_that_is_known_is_given(code: str) -> None:
    assert is_emitted(code, PATTERNS) or code == "internal"  # which is printed when all else failed


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_a_code_says_what_it_means_and_how_to_mend_it(code: Code) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.name)
    assert code.means
    assert code.mend
    assert not code.means.endswith(".")
    assert not code.mend.endswith(".")
    assert code.level == Severity.ERROR or not code.fixed


def test_no_code_stands_in_two_lists() -> None:
    assert len(CODES) == sum(map(len, STAGES.values()))


def test_the_page_lists_every_code(snapshot: Callable[[Path, str], None]) -> None:
    above = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    snapshot(PAGE, above + MARK + "\n" + "".join(listed(stage) for stage in STAGES))


def listed(stage: str) -> str:
    """One list of the page."""
    rows = "".join(map(row, sorted(STAGES[stage])))
    head = "| code | level | what it means | how to mend it |\n| --- | --- | --- | --- |\n"
    return f"\n## {TITLES[stage]}\n\n{head}{rows}"


def row(code: Code) -> str:
    level = f"{code.level}, fixed" if code.fixed else code.level
    return f"| `{code.name}` | {level} | {cell(code.means)} | {cell(code.mend)} |\n"


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def test_a_code_that_isnt_known_is_answered_with_the_nearest() -> None:
    place = ("site.yaml", Mark(3, 3, 14))
    assert code_problem(*place, "unknown-topic") is None
    unknown = code_problem(*place, "duplicate-alais")
    assert unknown is not None
    assert (unknown.mark, unknown.code) == (place[1], "unknown-code")
    assert unknown.hint.startswith("did you mean 'duplicate-alias' or")
    assert code_problem(*place, "yaml-syntax") == error(
        *place, "fixed-code", "'yaml-syntax' can't be lowered or allowed", "follow the hint"
    )
